// Your own server knows who is signed in; it gets a token for that customer from CloudAct and hands it on.
document.querySelector('cloudact-provider').fetchToken = async ({ signal }) => {
  const response = await fetch('/cloudact-token', { method: 'POST', signal });
  if (!response.ok) throw new Error(`No token: ${response.status}`);
  return (await response.json()).token;
};
