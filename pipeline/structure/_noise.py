"""Why a line is no part of the text: site furniture, adverts, share lines, disclaimers, pictures, tables, captions, formulas, running heads.

`line_reason` looks at one line; what needs its neighbours (text in a tail of adverts, repeated running heads, formula blocks) is in `_roles`.
Rules come from the forms that Chinese news sites, portals, WeChat pages and journals use, not from particular texts.
"""

from __future__ import annotations

import re

from pipeline.structure._front import CAPTION_EN, CARD_LABEL
from pipeline.structure._lines import Line

__all__ = ["cjk_share", "is_furniture", "latin_share", "line_reason"]

_IMAGE = re.compile(r"\\?!\[[^\]]*\]\([^)]*\)|\[?(?:图片|image|img|picture)\]?$|[\w\-./%()（）]{1,120}\.(?:png|jpe?g|gif|bmp|webp|svg|tiff?)$|image\.png", re.I)
_TABLE = re.compile(r"<(?:html|body|table|thead|tbody|tr|td|th)\b|</(?:table|tr|td|body|html)>", re.I)
_COMMENT = re.compile(r"<!--|-->|\[在此处键入\]|\[键入文字\]")
_RULE = re.compile(r"[\-=_*~·.—─━\s◆■□●○▲△★☆※]{3,}$")
_CAPTION = re.compile(
    r"(?:续?[图表]\s*(?:\d{1,6}(?:[-—.－]\d{1,2})?|[A-Z]\d{0,2}|[一二三四五六七八九十]{1,3}(?![\u4e00-\u9fff]))|专栏\s*\d{1,2})"
    r"\s*(?![、，,；和与及至~～]|(?:是|为|显示|表明|反映|给出|列出|列示|说明|可见|所示|描述|展示|呈现|揭示|概括|总结|归纳|中(?:的|可|所|[，,、])"
    r"|可以|则|将|进一步|也|从|来看|的))"
)
_BILINGUAL = re.compile(r"[图表]\s*(?P<number>\d{1,3})(?!\d).{2,300}?(?:Fig(?:ure)?|Tab(?:le)?)s?[.．]?\s*(?P<again>\d{1,3})(?!\d)\s*[A-Za-z]", re.I)
"""a caption in two languages on one line: it may hold commas and a sentence"""
_SOURCE_NOTE = re.compile(r"(?:资料|数据|图片|图表|表格)\s*来源\s*[:：]|注\s*\d{0,2}\s*[:：]|来源\s*[:：]\s*(?:根据|作者|笔者|对|本文|课题组)|[*\\]+按照")
_FORMULA = re.compile(r"\$\$|\\(?:frac|sum|begin|operatorname|int|prod|left|mathrm|alpha|beta|tag)\b")
_PAGE_HEAD = re.compile(
    r"(?:第\s*\d{1,4}\s*页(?:\s*[共/].{0,8})?|[-—–·•|｜]\s*\d{1,4}\s*[-—–·•|｜]|\d{1,4}\s*/\s*\d{1,4}"
    r"|.{0,30}\d{4}\s*年?\s*[·•，,.\s]?\s*第?\s*\d{1,3}\s*卷.{0,30}|.{0,30}第\s*\d{1,3}\s*卷\s*[（(·•,，]?\s*第?\s*\d{1,2}\s*期.{0,30}"
    r"|.{0,20}\d{4}\s*年\s*第\s*\d{1,2}\s*期.{0,20}|.{0,12}(?:Vol|No)\.\s*\d+.{0,30}|\d{1,4}|[ivxlc]{1,6})$",
    re.I,
)
_TURN = re.compile(r"[（(]?\s*(?:下转|上接|转下页|接上页|续表|待续|未完待续)\s*(?:第\s*[\d、，,\s]{1,12}\s*[页版])?[^\u4e00-\u9fff]{0,3}[)）]?$")
_DOWNLOAD = re.compile(r"(?:附\s*件\s*\d{0,2}\s*[:：.．]?\s*)?[^。；]{2,80}\.(?:docx?|pdf|xlsx?|wps|ofd|rar|zip|pptx?)$", re.I)
_PUBLIC = re.compile(r"[（(]\s*(?:此件|本文|本件|该件)?\s*(?:公开发布|有删减|主动公开|依申请公开|不予公开|此件发至.{1,10}|略|附件略)\s*[)）]$")

# what only a page says of itself
_FURNITURE = re.compile(
    r"免责声明|特别声明|版权(?:所有|声明|归)|all rights reserved|copyright|ICP备|公网安备|网站标识码|违法和?不良信息举报"
    r"|(?:长按|扫描|识别|扫一?扫).{0,8}(?:二维码|关注)|关注我们|关注.{0,6}(?:公众号|官方微信|微信号)|微信(?:公众)?号\s*[:：]|客服(?:号|热线|电话)\s*[:：]"
    r"|分享到|分享至|点赞|收藏本|阅读原文|阅读全文|展开全文|点击(?:上方|下方|蓝字|这里|此处|查看|进入|下载|阅读|图片|播放)|更多精彩|加入收藏|设为首页"
    r"|返回(?:顶部|首页|列表)|上一[篇条]\s*[:：]|下一[篇条]\s*[:：]|当前位置\s*[:：]|您(?:现在)?的?位置\s*[:：]|首页\s*[>＞»›]|联系我们|关于我们|隐私(?:政策|条款)|使用条款|友情链接"
    r"|字体\s*[:：]|(?<!文)字号\s*[:：]|【?字体|\[\s*[大中小]\s*\]|浏览次数\s*[:：]|阅读(?:次数|量)?\s*[:：]|点击(?:数|率|量|次数)\s*[:：]|访问(?:次数|量)\s*[:：]|登录后"
    r"|责任编辑|责\s*编\s*[:：]|编\s*辑\s*[:：]|校\s*对\s*[:：]|审\s*核\s*[:：]|排版\s*[:：]|监制\s*[:：]|投稿(?:邮箱|方式|热线)|商务合作|合作热线|免费(?:领取|试听|下载)"
    r"|(?:本文|文章|稿件|内容)(?:来源于?|转自|转载自?|仅代表|系|由).{0,12}(?:网络|作者|转载|授权|本平台|用户)|如有侵权|侵权.{0,6}(?:删除|联系)|仅提供信息存储|不代表本(?:站|网|平台|公众号)"
    r"|转载请?(?:注明|联系|标明)|未经(?:许可|授权|允许).{0,10}(?:转载|复制)|技术支持\s*[:：]|(?:主办|承办|主管)单位\s*[:：]|网[址站]\s*[:：]"
    r"|邮政?编码?\s*[:：]\s*\d{6}|地\s*址\s*[:：]|传\s*真\s*[:：]|(?:联系|咨询|热线|服务)?电话\s*[:：]|建议使用.{0,20}(?:浏览器|分辨率)",
    re.I,
)
# what a page says in very short lines; in a longer line these are ordinary words
_BUTTON = re.compile(
    r"二维码|官方微信|微信(?:公众)?号|在看$|转发$|收藏$|打印(?:本页|此页|文章|页面)?$|【?关闭(?:窗口|本页)?】?$|上一[篇页条]|下一[篇页条]|相关(?:阅读|链接|推荐|新闻|文章|文档|稿件|解读|文件|政策|信息|附件|专题)|往期(?:推荐|回顾|精彩)"
    r"|推荐阅读|延伸阅读|热门(?:推荐|文章|搜索)|当前位置|网站(?:地图|首页|导航|声明|说明|支持)|首页\s*[/|｜]|关于本(?:站|网)|用户协议|大\s*中\s*小$|浏览|阅读(?:次数|量|数)|评论\s*[（(]?\d"
    r"|广告$|手机(?:版|客户端)|无障碍(?:浏览|阅读|版)|繁體|English$|简\s*[|｜]\s*繁|登录|注册|发表评论|我要评论|举报$|订阅|查看更多|加载更多|回到顶部|^更多",
    re.I,
)
_BUTTON_SIZE = 20
_DISCLAIMER = re.compile(r"(?:免责|特别|版权|郑重)声明")
_SITE = re.compile(r"(?:china|ar|med|bio|soc)xiv.{0,10}$", re.I)
_HOST = re.compile(r"(?:网[站址]?[:：]\s*)?(?:https?://|www\.)[\w\-./?=&%#:]+$", re.I)
_LABELS = re.compile(
    r"(?:^|[\s_\-])(?:nav|menu|footer|foot|header_?top|breadcrumb|crumb|share|sidebar|side|related|recommend|copyright|toolbar|search|login|advert|ads?|banner|qrcode|qr|"
    r"comment|links?|friend|pager|paging|print|location|position)(?:$|[\s_\-\d])",
    re.I,
)
_FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "button", "option", "select", "label", "script", "style", "noscript"})
_OUTER_TAGS = frozenset({"nav", "footer", "aside", "button", "select", "noscript"})
# numbers set apart, with no word of a sentence: an axis, a matrix, cells of a table that lost its lines
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?%?")
_SAID = re.compile(r"[。；？！：，、年月日第号條条章@]|https?|\d{4}[-/]\d")
_AXIS_SIZE, _AXIS_NUMBERS = 160, 3
_SENTENCE_END = re.compile(r"[。！？!?；;]")


def cjk_share(text: str) -> float:
    """Share of Chinese characters among letters and digits, 0 to 1; 0 for a text without any."""
    total = chinese = 0
    for c in text[:2000]:
        if c.isalnum():
            total += 1
            chinese += "\u3400" <= c <= "\u9fff" or c >= "\U00020000"
    return chinese / total if total else 0.0


def latin_share(text: str) -> float:
    """Share of Latin letters among letters and digits, 0 to 1."""
    total = latin = 0
    for c in text[:2000]:
        if c.isalnum():
            total += 1
            latin += c.isalpha() and c < "\u0250"
    return latin / total if total else 0.0


def is_furniture(text: str) -> bool:
    """Whether a line speaks of the page, not of its matter: 责任编辑：, 扫描二维码关注我们, 版权所有."""
    if _HOST.match(text) or _SITE.match(text) or (len(text) <= _BUTTON_SIZE and text[-1:] != "。" and _BUTTON.search(text)):
        return True
    hits = len(_FURNITURE.findall(text))
    if len(text) <= 60 or _DISCLAIMER.match(text):
        return hits > 0 and (text[-1:] != "。" or hits > 1 or not text[:1].isalnum() or len(text) <= 40 or bool(_DISCLAIMER.match(text)))
    return hits * 60 >= len(text) and (hits > 1 or not _SENTENCE_END.search(text))


def _is_axis(text: str) -> bool:
    """Whether a line is values of a drawing or table, not text: 10k 30k 50k 70k 测试集大小; not 2018年 1 月 3 日."""
    if len(text) > _AXIS_SIZE or " " not in text or _SAID.search(text) or len(_NUMBER.findall(text)) < _AXIS_NUMBERS:
        return False
    letters = [c for c in text if c.isalnum()]
    return sum(c.isdigit() for c in letters) * 2 >= len(letters)


def _is_caption(text: str, *, marked: bool) -> bool:
    """Whether a line is the caption of a figure or table, not a sentence about it: 图1 组织结构; not 图1a和图1b分别为……"""
    if _CAPTION.match(text):
        return len(text) <= 40 or len(re.findall("[，；]", text)) <= 1
    return (marked and bool(re.match(r"[图表]\s*\d", text))) or (text[0] in "▲△↑" and len(text) <= 60)


def line_reason(line: Line) -> str | None:
    """Reason why `line` alone is noise, or none: `image`, `table`, `comment`, `rule`, `caption`, `note`, `formula`, `running_head`, `furniture`."""
    text = line.text
    size = len(text)
    head = line.source
    if line.row and not CARD_LABEL.match(text):
        return "table"
    if _IMAGE.match(text) or (head.startswith(("![", "\\![")) and size < 300 and not _SENTENCE_END.search(text)):
        return "image"
    if _TABLE.match(text) or _TABLE.match(head):
        return "table"
    if _COMMENT.match(text) or head.startswith("<!--"):
        return "comment"
    if _RULE.match(text) or not any(c.isalnum() for c in text):
        return "formula" if _FORMULA.search(text) else "rule"
    if size <= 120 and not text.endswith(("。", "；")):
        if _is_caption(text, marked=line.mark > 0) or (CAPTION_EN.match(text) and latin_share(text) > 0.5):
            return "caption"
    elif size <= 400 and CAPTION_EN.match(text) and latin_share(text) > 0.7:
        return "caption"
    if size <= 400 and (both := _BILINGUAL.match(text)) and both["number"] == both["again"]:
        return "caption"
    if _SOURCE_NOTE.match(text) and size <= 300:
        return "note"
    if _FORMULA.match(text) or (_FORMULA.search(text) and cjk_share(text) < 0.1 and size < 600):
        return "formula"
    if size <= 80 and (_PAGE_HEAD.match(text) or _TURN.match(text)):
        return "running_head"
    if not line.mark and _is_axis(text):
        return "figure"
    if size <= 120 and _DOWNLOAD.match(text):
        return "download"
    if size <= 30 and _PUBLIC.match(text):
        return "furniture"
    if size <= 400 and is_furniture(text):
        return "address" if _HOST.match(text) else "furniture"
    if line.tag in _FURNITURE_TAGS or any(part in _OUTER_TAGS for part in line.path.split("/")):
        return "furniture"
    if line.labels and _LABELS.search(line.labels) and (line.link_share > 0.5 or size < 30):
        return "furniture"
    if line.link_share > 0.9 and size < 40 and not line.mark:
        return "furniture"
    return None
