import { OCTANTS } from '../transactions/index.js';

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

/** Texts of every segment key of the built-in maps; change a label or an action here. */
export const SEGMENT_TEXTS: ReadonlyMap<string, SegmentText> = new Map<string, SegmentText>([
  text('champions', 'Champions', '冠军客户',
    'Bought lately, often, and for the most money', '最近购买、频繁购买、金额最高',
    'Thank them, show new things first, ask for referrals', '致谢，新品优先体验，邀请推荐'),
  text('loyal', 'Loyal', '忠诚客户',
    'Buy often and respond to offers', '经常购买，对活动有响应',
    'Offer higher-value products and a loyalty programme', '推荐更高价值的产品，邀请加入会员计划'),
  text('potential_loyalist', 'Potential loyalists', '潜在忠诚客户',
    'Bought lately and more than once, with room to grow', '最近购买且不止一次，有成长空间',
    'Recommend what fits their last orders, offer membership', '按最近订单推荐，邀请入会'),
  text('new', 'New', '新客户',
    'Bought lately, seldom so far', '最近购买，次数尚少',
    'Welcome them and help with the first order, suggest a second', '欢迎并协助首单使用，引导第二次购买'),
  text('promising', 'Promising', '有希望的客户',
    'Rather recent, few orders, but good money', '较近购买，次数不多，金额不错',
    'Make the brand known, offer a trial or a small gift', '加强品牌认知，提供试用或小礼品'),
  text('need_attention', 'Need attention', '需要关注的客户',
    'Around the middle or above, and beginning to slow', '各项居中或偏上，开始放缓',
    'Make a limited offer based on what they bought before', '根据以往购买给出限时优惠'),
  text('about_to_sleep', 'About to sleep', '即将沉睡的客户',
    'Below the middle in recency and frequency', '最近度和频率低于平均',
    'Remind them with popular products before they are gone', '用热销产品提醒，避免流失'),
  text('at_risk', 'At risk', '流失风险客户',
    'Bought well and often, but a long time ago', '曾经常购买且金额高，但已久未购买',
    'Write or call personally, renew the offer, ask what went wrong', '个性化联系，重新报价，了解原因'),
  text('cannot_lose', 'Cannot lose', '不能失去的客户',
    'Among the best buyers once, gone for long', '曾是最好的客户之一，已很久没有购买',
    'Win them back by a personal call before a competitor keeps them', '专人致电挽回，避免被竞争对手留住'),
  text('hibernating', 'Hibernating', '休眠客户',
    'Last order long ago, few orders, little money', '很久前购买，次数少，金额低',
    'Send an occasional standard offer, spend little', '偶尔发送常规优惠，控制投入'),
  text('lost', 'Lost', '已流失客户',
    'Gone the longest, with little money', '最久未购买，金额低',
    'Try one low-cost win-back, otherwise leave out of campaigns', '一次低成本挽回，否则不再纳入活动'),
  text('recent', 'Recent', '近期客户',
    'Bought lately, not yet often', '最近购买，尚不频繁',
    'Follow up soon, suggest a second order', '尽快跟进，引导再次购买'),
  text('inactive', 'Inactive', '不活跃客户',
    'No order for long, few before', '很久没有购买，以前也少',
    'Include in yearly reminders only', '仅纳入年度提醒'),
  text('prospect', 'Prospects', '潜在客户',
    'Known, but without a purchase yet', '已登记，尚未购买',
    'Win the first order', '促成首单'),
  text('others', 'Others', '其他客户',
    'The map has no segment for these scores', '分群规则未覆盖这些得分',
    'Look at their scores, or complete the map', '查看得分，或补全分群规则'),
  ...OCTANTS.map(({ key, label }) => [key, { label, ...octantText(key) }] as const),
]);

function octantText(key: string): Pick<SegmentText, 'meaning' | 'action'> {
  const [meaning, action] = OCTANT_TEXTS[key as keyof typeof OCTANT_TEXTS];
  return { meaning, action };
}

function text(key: string, en: string, zh: string, meaningEn: string, meaningZh: string, actionEn: string, actionZh: string): readonly [string, SegmentText] {
  return [key, { label: both(en, zh), meaning: both(meaningEn, meaningZh), action: both(actionEn, actionZh) }];
}

function both(en: string, zh: string): BothLanguages {
  return { en, zh };
}
