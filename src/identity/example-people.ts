type Parts<K extends string, T> = Readonly<Record<K, T>>;

/** Parts of made-up Chinese names. */
export const HAN_NAMES: Parts<'family' | 'given', string> = {
  family: '王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严',
  given: '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文斌鹏飞宇浩然子轩梓涵思雨欣怡佳琪雪晨曦俊凯博睿哲恒毅嘉诗雅婷倩瑶琳晓东辉龙翔旭阳凤莲云海波峰林森淑珍德福永康成宏达',
};

/** Parts of made-up Latin names. */
export const LATIN_NAMES: Parts<'given' | 'family', readonly string[]> = {
  given: 'Anna,Ben,Clara,David,Emma,Felix,Grace,Henry,Isla,James,Kate,Liam,Maria,Noah,Olivia,Paul,Quentin,Rosa,Samuel,Tessa,Ursula,Victor,Wendy,Xavier,Yara,Zoe,Adrian,Bella,Charles,Diana,Edward,Fiona,George,Hannah,Ivan,Julia,Kevin,Laura,Martin,Nina,Oscar,Petra,Robert,Sofia,Thomas,Vera,William,Agnes,Boris,Celine,Dominic,Elena,Frank,Gloria,Hugo,Irene,Jakob,Karin,Louis,Monica,Niklas,Ophelia,Peter,Renata,Stefan,Teresa,Valentin,Wilma,José,Zoë,René,Chloé,Sören,Jürgen'.split(','),
  family: 'Adams,Baker,Carter,Dawson,Ellis,Fischer,Graham,Hughes,Ivanov,Jensen,Keller,Lambert,Meyer,Nowak,Olsen,Parker,Quinn,Russell,Schmidt,Turner,Underwood,Vogel,Walker,Young,Zimmer,Andersen,Bennett,Collins,Dubois,Evans,Fletcher,Gibson,Hoffmann,Irving,Jackson,Kowalski,Larsen,Morgan,Nielsen,Owens,Patel,Quincy,Rossi,Stewart,Thompson,Ulrich,Vargas,Watson,Yates,Ziegler,Abbott,Barnes,Chapman,Douglas,Eriksson,Ferrari,Garcia,Harris,Ingram,Jordan,Kramer,Lopez,Müller,Norris,O’Brien,Peterson,Reed,Saunders,Taylor,Vaughan,Weber,Xenakis,Moreau,Nakamura,Petrov,Romano,Silva,Tanaka,Varga,Winter,Costa,Duval,Engel,Fontaine,Gruber,Holmes,Jansen,Kaya,Lindgren,Marino,Novak,Oliver,Pereira,Richter,Santos,Torres,Urban,Vidal,Wolf,Zeman'.split(','),
};

/** Parts of made-up addresses. */
export const ADDRESS_WORDS: Parts<'cities' | 'streets' | 'hanCities' | 'hanStreets', readonly string[]> = {
  cities: 'Ashford,Brookfield,Clifton,Dalton,Easton,Fairview,Greenville,Harwick,Ironbridge,Kingsley,Lakewood,Milton,Northgate,Oakdale,Preston,Riverton,Salem,Thornbury,Weston,Yarrow'.split(','),
  streets: 'Acorn,Beech,Cedar,Dove,Elm,Falcon,Garden,Harbour,Ivy,Juniper,King,Linden,Maple,North,Orchard,Pine,Quarry,Rose,School,Temple,Union,Valley,Willow,York,Abbey,Bridge,Chapel,Duke,Eagle,Forest,George,High,Island,Jubilee,Knight,Lake,Market,Nelson,Old Mill,Park,Queen,River,Station,Tower,Upper,Victoria,Water,Albert,Church,Green'.split(','),
  hanCities: ['北京市朝阳区', '北京市海淀区', '上海市浦东新区', '上海市静安区', '广州市天河区', '深圳市南山区', '杭州市西湖区', '成都市锦江区', '武汉市洪山区', '南京市鼓楼区', '西安市雁塔区', '重庆市渝中区', '苏州市姑苏区', '天津市和平区', '长沙市岳麓区', '青岛市市南区'],
  hanStreets: ['建国路', '中山路', '人民路', '解放路', '和平路', '新华路', '长江路', '黄河路', '南京路', '北京路', '文化路', '学府路', '科技路', '滨河路', '光明路', '朝阳路', '友谊路', '胜利路', '花园路', '迎宾路', '延安路', '淮海路', '天目路', '复兴路', '东风路', '西湖路', '珠江路', '湖滨路', '星海路', '凤凰路'],
};
