import { withThemeByDataAttribute } from '@storybook/addon-themes';
import { type Preview, setCustomElementsManifest } from '@storybook/web-components-vite';
import { html } from 'lit';
import manifest from '../widgets/custom-elements.json';
import '../widgets/src/components/provider/provider.js';
import '../widgets/src/locales/de.js';
import { answers, mockApi } from '../widgets/src/mocks/api.js';

setCustomElementsManifest(manifest);

const baseOf = (id: string) => `/mock/${id}`;

export default {
  tags: ['autodocs'],
  beforeEach: ({ id, parameters }) => mockApi(parameters.api ?? answers(), baseOf(id)),
  decorators: [
    (story, { id, globals, parameters: { scheme = 'auto', direction = 'ltr', inlineSize = 'auto' } }) => html`
      <div class="cloudact-story ${scheme}" dir=${direction} .style=${`inline-size: ${inlineSize}`}>
        <cloudact-provider
          api-base=${baseOf(id)}
          locale=${globals.locale}
          .fetchToken=${async () => 'token of a story'}
        >${story()}</cloudact-provider>
      </div>
    `,
    withThemeByDataAttribute({
      themes: { light: 'light', dark: 'dark', plum: 'vendor-plum', forest: 'vendor-forest' },
      defaultTheme: 'light',
      attributeName: 'data-theme',
    }),
  ],
  globalTypes: {
    locale: {
      toolbar: {
        title: 'Language',
        icon: 'globe',
        items: [
          { value: 'en', title: 'English' },
          { value: 'de', title: 'Deutsch' },
          { value: 'ja', title: 'Japanese numbers, English words' },
        ],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: { locale: 'en' },
  parameters: {
    a11y: { test: 'error' },
    controls: {
      expanded: true,
      include: [
        'metric',
        'granularity',
        'period',
        'from',
        'to',
        'group-by',
        'top',
        'filter',
        'currency',
        'heading',
        'as-table',
      ],
    },
    options: { storySort: { order: ['Costs', ['Cost trend', 'Cost table']] } },
    docs: { story: { inline: true } },
  },
} satisfies Preview;
