"""Force 力度 of a measure, from verb, modal, negation, section and the document's kind.

Levels of binding follow the drafting rules of the National People's Congress (立法技术规范（试行）, 2009): 应当 and 必须 bind, 不得 and 禁止
forbid, 可以 permits. 鼓励, 支持, 引导 encourage; 试点, 探索, 先行先试 pilot. An author's 应, 要, 需 advises.
"""

from __future__ import annotations

import re

import rjieba

from pipeline.extract.attributes._context import OFFICIAL, Context
from pipeline.records import Force, Place

Read = tuple[Force, Place | None]

_BAN = re.compile(r"不得|严禁|禁止|不准|不允许|杜绝")
# 可 permits where a verb or a preposition follows it; in 可行, 可靠, 可查询 it is part of an adjective
_CAN = (
    r"可(?=根据|采取|采用|结合|按|由|依|委托|以|在|将|通过|向|自|对|继续|免|给予|予以|享受|申请|延长|缓缴|适当|优先|先行|一次性"
    r"|选择|直接|凭|提前|参照|酌情|单独|不再|视情|适用|分期|吸收|聘)"
)
_ENCOURAGE = re.compile(rf"鼓励|倡导|提倡|允许|支持|引导|可以|{_CAN}")
_CAN_INSIDE = re.compile(rf"^(?:(?:对|在|从)[^，。；]{{1,16}}?)?{_CAN}")
_ENCOURAGE_VERB = re.compile(r"^(?:大力|积极|重点)?(?:鼓励|倡导|提倡|允许|支持|引导)")
_PILOT = re.compile(r"试点|探索|先行先试|试行|(?:改革|政策|综合|先行|压力)试验(?!区)")
# what is tried out may stand behind its place, and 试点 behind the verb: 在有条件的地区探索…, 启动…制度试点
_PILOT_INSIDE = re.compile(
    r"^在[^，。；]{1,20}?(?:探索|先行先试|试点|试行)(?!示范|方面|地区|单位|城市|项目)|^(?:启动|开展|组织|实施|推进|进行|深化|扩大|选择)[^，。；]{0,40}试点(?:工作)?$"
)
# before the measure it is a verb, or an adverb with 地 or a comma; 试点银行 and 试点城市 are somebody
_PILOT_BEFORE = re.compile(r"(?:试点|探索|先行先试|试行|(?:改革|政策|综合|先行|压力)试验)(?=[地性，、：]|$)")
_FAILED = re.compile(r"本应|原本应|曾试图|试图|一度")
_FAILED_AFTER = re.compile(r"没有实现|未能|未果|落空|失败|不足取|不可取|不可行|行不通|适得其反|无法奏效|收效甚微|流于形式|不了了之")
_RULED_OUT = re.compile(r"^[^。；;]{0,20}(?:不足取|不可取|并不可行|行不通)")
_MADE_WORSE = re.compile(r"(?:结果|反而|却)[^。；;]{0,6}(?:加剧|导致|造成|恶化|引发)")
_OUGHT = re.compile(
    r"应当|应该|应(?!用|对|急|运)|必须|须|需要|需(?!求)|亟需|亟待|有必要|要(?!求|素|点|件|害|务)|建议|务必|宜|理应|不妨|才能|方能|才是|关键在于|关键是|重要的是|希望"
)
_FUTURE = re.compile(r"(?:(?<![模虚比草])拟(?![合人态])|即将|计划(?![，。；、：）”])|打算|筹划|将|下一步|未来[^，。]{0,8}将)")
# 将 before a noun takes an object forward, like 把 (吕叔湘, 现代汉语八百词, 将): 将目录纳入清单, 将样品离心
_CARRIED = re.compile(
    r"纳入|列入|列为|作为|转变为|转化为|引入|融入|嵌入|延伸|下放|下沉|移交|交由|交给|落实到|应用于|用于|运用到|置于|放在|投入|推广|分为|划分|扩大到|提高到|归并|并入|整合|统一|调整为|设为|视为|结合|挂钩|对接|联系"
)
_VERBAL_ADVERB = re.compile(r"(?:会|于|进一步|继续|逐步|陆续|全面|大力|积极|重点|着力|率先|再|在[^，。]{1,10}(?=[建推开实设启完]))")
# 已经兼职的，应当… and 对已建成的项目… set a condition; nobody tells that it was done
_CONDITION = re.compile(r"^[^，。；]{0,40}的(?:[，,]|[^，。；了]{0,24}(?:[，,]|$))")
_TOLD = re.compile(r"(?<![为除罢])了(?!解|然|如|却|断)")
# a day that is named without 前, 起 or 定于 is one that was: 我部于2004年4月13日组织…
_DAY = r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?!\d|以?[前后起止]|之[前后]|开始|印发|发布|公布|施行|实施|通过)(?:(?:至|—|-)[^，。；]{1,10}?日)?"
_ON_A_DAY = re.compile(rf"(?<![定拟将订]于)(?<!到)(?<!至){_DAY}，?[^，。；《》]{{0,10}}$")
_DAY_INSIDE = re.compile(rf"^[^，。；《》]{{0,20}}(?<![定拟将订])于{_DAY}")
# 对现场情况进行了调查: the verb of carrying out stands behind its object
_CARRIED_OUT = re.compile(r"(?<=^对)[^，。；]{1,40}(?:进行|开展|作出|给予|实施|实行|采取)了")
_PAST = re.compile(
    r"已经|已(?!有(?!效))|曾|先后|相继|率先|陆续|近年来|目前[^，。]{0,12}(?:正|已)|正在|截至|累计|以来|(?:19|20)\d\d年(?!底前|前|底|末|起|之前|，?(?:力争|要|将))|自[^，。]{2,12}(?:起|以来)|启动了|推行了|开始|当年|过去|当时"
)
_DONE = re.compile(r"^[^，。；]{0,12}?[一-鿿]了[一-鿿“《\d]|过了|完毕|取得|见效|奏效")
_EFFECT = re.compile(r"了|[一-鿿]{0,2}(?:突破|实现|取得|推动|促进|提升|改变|解决|得到)了")
_IS = re.compile(r"^(?:是|为|主要由|指|包括|也|均|都|对|在|使|让|突破|实现了|取得|推动了|促进了|有效|得到)")
# what is called the way out, the key or the condition is recommended: 取得授权是…的根本出路
_WAY = re.compile(
    r"^(?:才|就)?是[^，。；]{0,30}(?:出路|关键|途径|前提|必由之路|首要任务|当务之急|应有之义|必然选择|必要条件|着眼点|着力点|突破口|(?:重要|主要|有效|根本|基本|必要)的?(?:方式|手段|方法|路径))"
)
# what only can bring something about, what a state of things demands and what is asked after is recommended: 只有共享目录，才能…; 改革必然要求…;
# 如何…  (necessary condition and question: 黄伯荣, 廖序东, 现代汉语, on 条件复句 and 疑问句)
_ONLY = re.compile(r"只有(?:通过|依靠|在|把|让|使|靠)?$")
_THEN = re.compile(r"^[^。；]{0,12}?才")
_DEMANDED = re.compile(r"(?:(?:必然|客观|迫切|内在)要求|(?:该|应)?(?:如何|怎样|怎么))$")
# an author who says what somebody can do advises it: 组织可以通过培训…
_MAY = re.compile(r"(?:可以|可考虑|不妨)(?:通过|采取|采用|考虑|尝试|借助|利用|在|把|将|对|从)?$")
_ADVISING_ZONES = ("countermeasure", "conclusion", "goal")
_TELLING_ZONES = ("practice", "case", "literature", "driver")


def force_of(context: Context) -> Read:
    """Force and the place of the word that says so (none where the kind of document or section decides).

    政府应当建立共享平台 → advised in a paper, mandated in an official text, at 应当; 严禁摊派报表任务 → mandated at 严禁.
    """
    factor, clause = context.factor, context.clause
    base = factor.start - len(clause)
    if ban := _BAN.match(factor.text) or _BAN.search(clause[-6:]):
        start = factor.start if factor.text.startswith(ban.group()) else factor.start - len(clause[-6:]) + ban.start()
        return "mandated", (start, start + len(ban.group()))
    if failed := _failed(context):
        return "failed", failed
    if context.kind in OFFICIAL:
        return _official(context, base)
    return _advice(context, base)


def _failed(context: Context) -> Place | None:
    tail = context.tail
    if ruled := _RULED_OUT.search(tail):
        return context.factor.end, context.factor.end + ruled.end()
    attempt = _FAILED.search(context.clause)
    outcome = _FAILED_AFTER.search(tail) or (_MADE_WORSE.search(tail) if attempt else None)
    worse = _MADE_WORSE.search(tail)
    if attempt and outcome:
        return context.factor.end + outcome.start(), context.factor.end + outcome.end()
    if worse and worse.start() <= 24 and not _OUGHT.search(context.clause):
        return context.factor.end + worse.start(), context.factor.end + worse.end()
    return None


def _official(context: Context, base: int) -> Read:
    factor, clause = context.factor, context.clause
    ought = list(_OUGHT.finditer(clause))
    if context.reports and not ought:
        return "reported", None
    own = _ENCOURAGE_VERB.match(factor.text)
    if own:
        return "encouraged", (factor.start, factor.start + own.end())
    if inside := _PILOT_INSIDE.match(factor.text):
        return "piloted", (factor.start, factor.start + inside.end())
    if permitted := _CAN_INSIDE.match(factor.text):
        return "encouraged", (factor.start, factor.start + permitted.end())
    if pilot := _PILOT.match(factor.text[:6]) or _PILOT_BEFORE.search(clause[-4:]):
        at = factor.text.find(pilot.group())
        start = factor.start + at if at >= 0 else factor.start - 4 + pilot.start()
        return "piloted", (start, start + len(pilot.group()))
    near = clause[-30:]
    # 可 at the end of what stands before looks at the verb of the measure
    encouraging = [m for m in _ENCOURAGE.finditer(near + factor.text[:4]) if m.start() < len(near) and not _ends_scope(near[m.end() :])]
    if encouraging:
        last = encouraging[-1]
        start = base + len(clause) - len(near) + last.start()
        return "encouraged", (start, start + len(last.group()))
    if context.kind != "law" and not ought and (told := _told(context, base)):
        return "reported", told
    if ought and ought[-1].group() == "建议":
        return "advised", (base + ought[-1].start(), base + ought[-1].end())
    return "mandated", (base + ought[-1].start(), base + ought[-1].end()) if ought else None


def _told(context: Context, base: int) -> Place | None:
    """The words by which an official text tells what was done: 已 and its like outside a condition, or 了 behind the verb of the measure."""
    factor, clause = context.factor, context.clause
    past = re.search(r"已经|已(?=建|印|完|出|开|于)|先后|相继|近年来|截至|取得了", clause)
    if past and not _CONDITION.match(clause[past.end() :] + factor.text):
        return base + past.start(), base + past.end()
    if (on := _ON_A_DAY.search(clause)) and not _CONDITION.match(clause[on.end() :] + factor.text):
        return base + on.start(), base + on.end()
    # what stands behind the measure is looked at too: 于2031年6月30日 | 前报送 names the last day
    day = None if re.match(r"以?[前后起止]|之[前后]", context.tail) else _DAY_INSIDE.search(factor.text)
    done = _TOLD.search(factor.text[:8]) or _CARRIED_OUT.search(factor.text) or day
    return (factor.start + done.start(), factor.start + done.end()) if done else None


def _future(context: Context) -> Place | None:
    """The word that puts a measure into the future; 将 does where a verb follows it, and not where it brings an object forward."""
    factor, near = context.factor, context.clause[-10:]
    found = _FUTURE.search(near)
    start = factor.start - len(near)
    if found is None:
        found, start = _FUTURE.match(factor.text), factor.start
    if found is None:
        return None
    if found.group() == "将":
        behind = context.text[start + found.end() : context.sentence[1]]
        behind = re.split(r"[，。；,;]", behind, maxsplit=1)[0]
        if _CARRIED.search(behind[1:]) or not _begins_with_verb(behind):
            return None
    at = max(context.sentence[0], start + found.start())
    return at, at + len(found.group())


def _begins_with_verb(words: str) -> bool:
    if words.startswith(("类似", "有关", "相关")):
        return False
    adverbs = _VERBAL_ADVERB.match(words)
    if adverbs:
        return True
    first = next(iter(rjieba.tag(words[:12])), ("", ""))
    return first[1] in ("v", "vd", "d")


def _ends_scope(between: str) -> bool:
    """A new verb after a comma ends what 鼓励 or 可以 governs: 鼓励企业创新，建立台账."""
    return "，" in between or "," in between


def _advice(context: Context, base: int) -> Read:
    factor, clause, lead = context.factor, context.clause, context.lead
    own = _ENCOURAGE_VERB.match(factor.text)
    if own and factor.text.startswith(("允许和鼓励", "鼓励")) and context.zone in _ADVISING_ZONES and not _OUGHT.search(clause[-8:]):
        return "encouraged", (factor.start, factor.start + own.end())
    ought = list(_OUGHT.finditer(clause))
    past = [word for word in _PAST.finditer(lead) if not _CONDITION.match(lead[word.end() :] + factor.text)]
    done = _DONE.search(factor.text) or re.match(r"了", context.tail)
    if (own_duty := _OUGHT.match(factor.text)) and not done:
        return "advised", (factor.start, factor.start + own_duty.end())
    if ought and not done:
        return "advised", (base + ought[-1].start(), base + ought[-1].end())
    if not past and (way := _WAY.match(context.tail)):
        return "advised", (factor.end, factor.end + way.end())
    if not done and (demanded := _DEMANDED.search(clause)):
        return "advised", (base + demanded.start(), base + demanded.end())
    if not done and (only := _ONLY.search(clause)) and _THEN.match(context.tail):
        return "advised", (base + only.start(), base + only.end())
    if done:
        return "reported", (factor.start, factor.end)
    if past:
        start = factor.start - len(lead) + past[-1].start()
        return "reported", (start, start + len(past[-1].group()))
    if future := _future(context):
        return "planned", future
    if may := _MAY.search(clause):
        return "advised", (base + may.start(), base + may.end())
    if context.zone in _TELLING_ZONES:
        return "reported", None
    if context.zone in _ADVISING_ZONES or context.abstract:
        return "advised", None
    return ("reported" if _IS.match(context.tail) else "advised"), None
