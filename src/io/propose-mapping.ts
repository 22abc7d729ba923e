import { ROLES, type Role } from '../transactions/index.js';
import type { Mapping } from './mapping.js';

/** What is known of a column. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: 'number' | 'date' | 'text' | 'empty';
  /** of the rows looked at, those with a value */
  readonly present: number;
  readonly distinct: number;
}

/** Names of columns by role, in the languages such files come in; the surer pattern first. */
const NAMES: Readonly<Record<Role, readonly RegExp[]>> = {
  customer: [/^(customer|client|cust|member|buyer|user|account|kunden?)[ _-]?(id|no|nr|num|number|nummer|code|key)$/i, /(客户|会员|用户|买家|顾客)(编号|号|id|ID|代码|账号)?$/, /^(customer|client|member|buyer|user|kunde|household|donor|guest)$/i, /(customer|client|member|buyer|user)/i, /^id$/i],
  date: [/^(order|purchase|transaction|invoice|sale|bestell)[ _-]?(date|day|datum|time|timestamp|ts)$/i, /(下单|订单|交易|购买|消费)(日期|时间)$/, /^(date|day|datum|tag|日期|时间)$/i, /(date|datum|_at$|time|day|日期|时间)/i],
  amount: [/^(amount|revenue|total|sales|spend|turnover|order[ _-]?(value|total|amount)|betrag|umsatz)$/i, /(实付|销售|订单|消费|交易|支付)?(金额|总价|销售额)$/, /(revenue|amount|total|sales|spend|gmv|value)/i, /(price|sum|betrag)/i],
  order: [/^(order|invoice|transaction|receipt|bestell)[ _-]?(id|no|nr|num|number|nummer|code)$/i, /(订单|交易|单据|发票)(编号|号|id|ID)$/, /^(order|invoice|transaction|basket|receipt)$/i],
  product: [/^(product|item|sku|article|artikel|goods)([ _-]?(id|name|code|no))?$/i, /(商品|产品|货品)(名称|编号|id|ID)?$/],
  quantity: [/^(quantity|qty|units|menge|anzahl|count)$/i, /(数量|件数)$/],
  cost: [/^(cost|costs|cogs|kosten)$/i, /(成本)$/],
  channel: [/^(channel|source|kanal|store|shop)$/i, /(渠道|门店)$/],
  status: [/^(order[ _-]?)?(status|state)$/i, /(状态)$/],
  currency: [/^(currency|currency[ _-]?code|waehrung|währung|ccy)$/i, /(币种|货币)$/],
};

/**
 * Which column plays which role, by names and by what is in them; roles that nothing fits are left out.
 *
 * Dates must be dates and amounts numbers. A lone column of dates is the date, and a lone column of numbers beside the
 * customer the amount, whatever they are called. A column plays one role.
 */
export function proposeMapping(columns: readonly ColumnProfile[]): Partial<Mapping> {
  const taken = new Set<string>();
  const proposal: Partial<Record<Role, string>> = {};
  const take = (role: Role, column: ColumnProfile | undefined): void => {
    if (column === undefined) return;
    taken.add(column.name);
    proposal[role] = column.name;
  };
  for (const role of ROLES) take(role, best(role, columns.filter((column) => !taken.has(column.name) && suits(role, column))));
  const left = (type: ColumnProfile['type']): ColumnProfile[] => columns.filter((column) => !taken.has(column.name) && column.type === type);
  if (proposal.date === undefined && left('date').length === 1) take('date', left('date')[0]);
  if (proposal.amount === undefined && proposal.customer !== undefined && left('number').length === 1) take('amount', left('number')[0]);
  return proposal;
}

function best(role: Role, columns: readonly ColumnProfile[]): ColumnProfile | undefined {
  for (const pattern of NAMES[role]) {
    const found = columns.find((column) => pattern.test(column.name.trim()));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether what is in a column can play a role at all. */
function suits(role: Role, { type, name }: ColumnProfile): boolean {
  if (type === 'empty') return false;
  if (role === 'date') return type === 'date';
  if (role === 'amount' || role === 'quantity' || role === 'cost') return type === 'number' && (role !== 'amount' || !/unit|单价|_id$|(^|_)no$/i.test(name));
  return type !== 'date';
}
