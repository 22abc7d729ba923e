import { OCTANTS, SEGMENT_LABELS } from '../transactions/index.js';

/** A text in both languages. */
export interface BothLanguages {
  readonly en: string;
  readonly zh: string;
}

/** What people read about a segment. */
export interface SegmentText {
  readonly label: BothLanguages;
  /** who these customers are */
  readonly meaning: BothLanguages;
  /** what to do about them */
  readonly action: BothLanguages;
}

const OCTANT_TEXTS = {
  important_value: [both('Recent, frequent, high spending', '近期、高频、高额'), both('Keep: best service, own contact person', '重点保持：最好的服务，专人对接')],
  important_develop: [both('Recent and high spending, but seldom', '近期、高额、低频'), both('Develop frequency: memberships, reminders, bundles', '提高频率：会员、提醒、组合')],
  important_keep: [both('Frequent and high spending, but not lately', '高频、高额、久未购买'), both('Make contact and bring them back', '主动联系，促使回购')],
  important_rescue: [both('High spending, but seldom and not lately', '高额、低频、久未购买'), both('Rescue: find out why, make a personal offer', '重点挽留：了解原因，个性化报价')],
  general_value: [both('Recent and frequent, low spending', '近期、高频、低额'), both('Raise the basket: cross-selling, sets', '提高客单价：交叉销售、套装')],
  general_develop: [both('Recent, but seldom and low spending', '近期、低频、低额'), both('Develop: guide from the first to the next order', '培养：引导再次购买')],
  general_keep: [both('Frequent once, low spending, not lately', '高频、低额、久未购买'), both('Keep in touch at low cost', '低成本保持联系')],
  general_rescue: [both('Seldom, low spending, not lately', '低频、低额、久未购买'), both('Standard offers only', '仅常规活动')],
} as const;

/** Texts of every segment key of the built-in maps; change an action here, a label where `SEGMENT_LABELS` stand. */
export const SEGMENT_TEXTS: ReadonlyMap<string, SegmentText> = new Map<string, SegmentText>([
  text('champions',
    'Bought lately, often, and for the most money', '最近购买、频繁购买、金额最高',
    'Thank them, show new things first, ask for referrals', '致谢，新品优先体验，邀请推荐'),
  text('loyal',
    'Buy often and respond to offers', '经常购买，对活动有响应',
    'Offer higher-value products and a loyalty programme', '推荐更高价值的产品，邀请加入会员计划'),
  text('potential_loyalist',
    'Bought lately and more than once, with room to grow', '最近购买且不止一次，有成长空间',
    'Recommend what fits their last orders, offer membership', '按最近订单推荐，邀请入会'),
  text('new',
    'Bought lately, seldom so far', '最近购买，次数尚少',
    'Welcome them and help with the first order, suggest a second', '欢迎并协助首单使用，引导第二次购买'),
  text('promising',
    'Rather recent, few orders, but good money', '较近购买，次数不多，金额不错',
    'Make the brand known, offer a trial or a small gift', '加强品牌认知，提供试用或小礼品'),
  text('need_attention',
    'Around the middle or above, and beginning to slow', '各项居中或偏上，开始放缓',
    'Make a limited offer based on what they bought before', '根据以往购买给出限时优惠'),
  text('about_to_sleep',
    'Below the middle in recency and frequency', '最近度和频率低于平均',
    'Remind them with popular products before they are gone', '用热销产品提醒，避免流失'),
  text('at_risk',
    'Bought well and often, but a long time ago', '曾经常购买且金额高，但已久未购买',
    'Write or call personally, renew the offer, ask what went wrong', '个性化联系，重新报价，了解原因'),
  text('cannot_lose',
    'Among the best buyers once, gone for long', '曾是最好的客户之一，已很久没有购买',
    'Win them back by a personal call before a competitor keeps them', '专人致电挽回，避免被竞争对手留住'),
  text('hibernating',
    'Last order long ago, few orders, little money', '很久前购买，次数少，金额低',
    'Send an occasional standard offer, spend little', '偶尔发送常规优惠，控制投入'),
  text('lost',
    'Gone the longest, with little money', '最久未购买，金额低',
    'Try one low-cost win-back, otherwise leave out of campaigns', '一次低成本挽回，否则不再纳入活动'),
  text('recent',
    'Bought lately, not yet often', '最近购买，尚不频繁',
    'Follow up soon, suggest a second order', '尽快跟进，引导再次购买'),
  text('inactive',
    'No order for long, few before', '很久没有购买，以前也少',
    'Include in yearly reminders only', '仅纳入年度提醒'),
  text('prospect',
    'Known, but without a purchase yet', '已登记，尚未购买',
    'Win the first order', '促成首单'),
  text('others',
    'The map has no segment for these scores', '分群规则未覆盖这些得分',
    'Look at their scores, or complete the map', '查看得分，或补全分群规则'),
  ...OCTANTS.map(({ key, label }) => [key, { label, ...octantText(key) }] as const),
]);

function octantText(key: string): Pick<SegmentText, 'meaning' | 'action'> {
  const [meaning, action] = OCTANT_TEXTS[key as keyof typeof OCTANT_TEXTS];
  return { meaning, action };
}

function text(key: string, meaningEn: string, meaningZh: string, actionEn: string, actionZh: string): readonly [string, SegmentText] {
  return [key, { label: SEGMENT_LABELS.get(key)!, meaning: both(meaningEn, meaningZh), action: both(actionEn, actionZh) }];
}

function both(en: string, zh: string): BothLanguages {
  return { en, zh };
}
