import { describe, expect, it } from 'vitest';
import { table } from '../../src/columns/index.js';
import { charts, show } from '../../src/report/index.js';

function recorder(): { calls: [string, unknown][]; display: Parameters<typeof show>[1] } {
  const calls: [string, unknown][] = [];
  return { calls, display: { html: (text) => calls.push(['html', text]), svg: (text) => calls.push(['svg', text]), raw: (mime, data) => calls.push([mime, data]) } };
}

describe('show', () => {
  it('shows tables as HTML, charts as Vega-Lite objects or as pictures', async () => {
    const { calls, display } = recorder();
    const chart = charts.paretoCurve({ monetary: [5, 1] });
    await show(table({ a: ['<b>'] }), display);
    await show(chart, display);
    await show(chart, display, { as: 'svg' });
    expect(calls.map(([kind]) => kind)).toEqual(['html', 'application/vnd.vegalite.v5+json', 'svg']);
    expect(calls[0]![1]).toContain('&lt;b&gt;');
    expect(calls[1]![1]).toEqual(JSON.parse(JSON.stringify(chart)));
    expect(calls[2]![1]).toMatch(/^<svg/);
  });

  it('refuses what cannot be shown, and what cannot display', async () => {
    await expect(show(3 as never, recorder().display)).rejects.toThrow('has no way to show itself');
    await expect(show(table({ a: [1] }), undefined as never)).rejects.toThrow('Pass tslab.display');
    await expect(show(table({ a: [1] }), recorder().display, { as: 'png' as never })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});
