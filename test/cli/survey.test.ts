import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientele, scratch } from './run.js';

const { folder, remove } = scratch();

beforeAll(() => {
  const rows = Array.from({ length: 60 }, (_, i) => `${[9, 10, 7, 3, 8, 99][i % 6]},${1 + (i % 5)},${1 + ((i * 3) % 5)},${1 + ((i * 7 + i) % 5)},${i % 2 === 0 ? 9 : 10},${i % 3 === 0 ? '北京' : '<i>Web</i>'}`);
  writeFileSync(join(folder, 'answers.csv'), `recommend,happy,price,service,wave,shop\n${rows.join('\n')}\n`);
  writeFileSync(join(folder, 'kano.csv'), 'feature,yes,no\nwifi,like,dislike\nwifi,like,live\nbed,must,dislike\n');
});
afterAll(remove);

describe('clientele survey', () => {
  it('goes from answers to figures, differences and a page', async () => {
    const { code, out, err } = await clientele(folder, ['survey', 'answers.csv', '--nps', 'recommend', '--csat', 'happy', '--items', 'price,service', '--overall', 'happy', '--wave', 'wave', '--by', 'shop', '--missing-codes', '99', '--minimum', '5', '--out', 'figures.csv', '--differences', 'differences.json', '--report', 'survey.html']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('60 rows of answers.csv\n\nNet promoter score\n');
    const [head, ...lines] = readFileSync(join(folder, 'figures.csv'), 'utf8').trim().split(/\r?\n/);
    expect(head).toMatch(/^\ufeff?measure,group,wave,asked,n,value,standardError,low,high,publish,promoters/);
    expect(lines.filter((line) => line.startsWith('nps,'))).toHaveLength(4);
    const differences = JSON.parse(readFileSync(join(folder, 'differences.json'), 'utf8')) as { measure: string; from: string; to: string }[];
    expect(differences.filter(({ measure }) => measure === 'nps').map(({ from, to }) => [from, to])).toEqual([['9', '10'], ['9', '10']]);
    const page = readFileSync(join(folder, 'survey.html'), 'utf8');
    expect(page).toContain('&lt;i&gt;Web&lt;/i&gt;');
    expect(page).not.toContain('<i>Web');
    expect(page.match(/data-chart="chart-\d"/g)).toHaveLength(3);
  });
  it('asks for Kano categories in Chinese, from standard input, and is quiet', async () => {
    const { code, out } = await clientele(folder, ['survey', '-', '--kano', 'feature,yes,no', '--labels', 'zh', '--report', 'kano.html'], { input: readFileSync(join(folder, 'kano.csv'), 'utf8') });
    expect(code).toBe(0);
    expect(out).toContain('必备');
    expect(readFileSync(join(folder, 'kano.html'), 'utf8')).toContain('<html lang="zh-CN">');
    expect(await clientele(folder, ['survey', 'answers.csv', '--nps', 'recommend', '--missing-codes', '99', '--quiet'])).toEqual({ code: 0, out: '', err: '' });
    expect((await clientele(folder, ['survey', 'answers.csv', '--nps', 'recommend', '--missing-codes', '99', '--out', '-'])).out.trim().split('\n')).toHaveLength(2);
  });
  it('reads Kano answers as numbers, and in words of their own', async () => {
    writeFileSync(join(folder, 'numbers.csv'), 'feature,yes,no\nwifi,1,5\nwifi,2,5\nwifi,99,5\n');
    const numbers = await clientele(folder, ['survey', 'numbers.csv', '--kano', 'feature,yes,no', '--missing-codes', '99', '--out', 'kano.json', '--quiet']);
    expect(numbers).toEqual({ code: 0, out: '', err: '' });
    expect(JSON.parse(readFileSync(join(folder, 'kano.json'), 'utf8'))).toMatchObject([{ feature: 'wifi', n: 2, O: 1, M: 1 }]);
    writeFileSync(join(folder, 'words.csv'), 'feature,yes,no\nwifi,喜欢,不喜欢\n');
    expect((await clientele(folder, ['survey', 'words.csv', '--kano', 'feature,yes,no', '--kano-words', '喜欢,理应如此,无所谓,能忍受,不喜欢', '--labels', 'zh'])).out).toContain('期望');
  });
  it.each([
    [['survey', 'answers.csv'], 2, 'say which questions were asked'], [['survey'], 2, 'name a CSV file'],
    [['survey', 'answers.csv', '--nps', 'recommend'], 1, 'the answer 99 is not a whole number from 0 to 10'],
    [['survey', 'answers.csv', '--nps', 'recomend'], 1, 'Did you mean "recommend"?'],
    [['survey', 'answers.csv', '--nps', 'shop'], 1, 'is not a number'], [['survey', 'answers.csv', '--items', 'price'], 2, '--items and --overall go together'],
    [['survey', 'answers.csv', '--kano', 'a,b,c', '--kano-words', 'x,y'], 2, 'five different answers'], [['survey', 'answers.csv', '--kano', 'a,b'], 2, '--kano takes three columns'], [['survey', 'answers.csv', '--nps', 'recommend', '--by', 'recommend'], 2, 'both an answer and a group'],
    [['survey', 'answers.csv', '--csat', 'happy', '--csat-scale', '5'], 2, 'takes two numbers'], [['survey', 'answers.csv', '--csat', 'happy', '--compare', 'pairs'], 2, 'Name the column of groups'],
    [['survey', 'answers.csv', '--csat', 'happy', '--report', 'x.pdf'], 2, 'name an .html file'], [['survey', 'answers.csv', '--csat', 'happy', '--out', 'x.csv', '--differences', 'x.csv'], 2, 'the same target'],
  ])('%j exits with %i', async (args, code, message) => {
    const ran = await clientele(folder, args);
    expect({ code: ran.code, said: ran.err.includes(message) }, ran.err).toEqual({ code, said: true });
  });
});
