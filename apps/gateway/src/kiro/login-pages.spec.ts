import { waitingPage } from './login-pages.js';

const LOGIN = { state: 's', sentence: 'Confirm <it>.', endsAtMs: 1, outcome: undefined };

describe('waitingPage', () => {
  it('leads to the page of the vendor', () => {
    expect(waitingPage({ ...LOGIN, address: 'https://device.test/?a=1&b="2"' }).html).toContain(
      '<a href="https://device.test/?a=1&amp;b=&quot;2&quot;" target="_blank" rel="noreferrer noopener">',
    );
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x'])(
    'shows “%s”, which is none of the web, as text',
    (address) => {
      const { html } = waitingPage({ ...LOGIN, address });

      expect(html).toContain(`<p>${address}</p>`);
      expect(html).not.toContain('<a ');
    },
  );
});
