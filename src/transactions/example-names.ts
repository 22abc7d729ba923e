/** Names of example people as they are written and as they stand in an e-mail address. */
interface NamePart {
  readonly written: string;
  readonly ascii: string;
}

const LATIN_FIRST = parts('Anna Ben Clara David Elena Felix Grace Hugo Inès:Ines Jonas Katja Liam Marta Noah Olga Pedro Quinn Rosa Søren:Soren Teresa Umberto Vera William Yara Zoë:Zoe Émile:Emile');
const LATIN_LAST = parts("Adams Bauer Costa Dubois Eriksson Fischer García:Garcia Hansen Ivanova Jensen Keller Lopez Martin Novak O'Brien:OBrien Petrov Quiroga Rossi Schmidt Taylor Ungar Vega Weber Young Zimmer Müller:Mueller");
const CHINESE_FAMILY = parts('王:Wang 李:Li 张:Zhang 刘:Liu 陈:Chen 杨:Yang 黄:Huang 赵:Zhao 吴:Wu 周:Zhou 徐:Xu 孙:Sun 马:Ma 朱:Zhu 欧阳:Ouyang');
const CHINESE_GIVEN = parts('伟:Wei 芳:Fang 娜:Na 敏:Min 静:Jing 丽:Li 强:Qiang 磊:Lei 军:Jun 洋:Yang 艳:Yan 勇:Yong 杰:Jie 小明:Xiaoming 秀英:Xiuying 建国:Jianguo 志强:Zhiqiang 雨桐:Yutong 子涵:Zihan 思远:Siyuan');

/** How many Latin names there are; codes from here on are Chinese. */
export const LATIN_NAMES: number = LATIN_FIRST.length * LATIN_LAST.length;
/** How many names there are. */
export const EXAMPLE_NAMES: number = LATIN_NAMES + CHINESE_FAMILY.length * CHINESE_GIVEN.length;

/**
 * An invented name and the local part of its e-mail address.
 *
 * @param code 0 … {@link EXAMPLE_NAMES} - 1; from {@link LATIN_NAMES} on the names are Chinese, family name first
 * @example
 * exampleName(0);   // { name: 'Anna Adams', address: 'anna.adams' }
 */
export function exampleName(code: number): { name: string; address: string } {
  const latin = code < LATIN_NAMES;
  const rest = latin ? code : code - LATIN_NAMES;
  const [heads, tails] = latin ? [LATIN_FIRST, LATIN_LAST] : [CHINESE_FAMILY, CHINESE_GIVEN];
  const head = heads[Math.floor(rest / tails.length)]!;
  const tail = tails[rest % tails.length]!;
  return { name: `${head.written}${latin ? ' ' : ''}${tail.written}`, address: `${head.ascii}.${tail.ascii}`.toLowerCase() };
}

function parts(list: string): NamePart[] {
  return list.split(' ').map((part) => {
    const [written, ascii] = part.split(':');
    return { written: written!, ascii: ascii ?? written! };
  });
}
