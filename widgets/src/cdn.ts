// What a page gets from one script tag: every element and every language.
import './locales/de.js';

export * from './index.js';
