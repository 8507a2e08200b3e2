"""Patterns of what stands around a text: title lines, byline, abstract, key words, references, foreign part, contents list, signature.

Forms from GB/T 7713.2-2022 (papers), GB/T 3179 (journals: 收稿日期, 中图分类号, 文章编号), GB/T 7714-2015 (references) and GB/T 9704-2012
(official documents: 发文字号, 主送机关, 发文机关署名, 成文日期, 附注).
"""

from __future__ import annotations

import re

__all__ = [
    "ABSTRACT",
    "ABSTRACT_EN",
    "ABSTRACT_PART",
    "ADOPTED",
    "ATTACHMENT",
    "BYLINE",
    "CAPTION_EN",
    "CARD_LABEL",
    "CITATION_LINE",
    "COLUMN",
    "CONTENTS",
    "CONTENTS_LINE",
    "DATE_LINE",
    "DOCUMENT_KIND_END",
    "DOCUMENT_NUMBER",
    "ENGLISH_FRONT",
    "FUNDING",
    "KEYWORDS",
    "OFFICE",
    "RECIPIENTS",
    "REFERENCE_ENTRY",
    "REFERENCE_HEAD",
    "SITE_WORD",
    "SUBTITLE",
    "looks_like_affiliation",
]

_OPEN = r"[\[【［「<〔（(]?\s*"
_SHUT = r"\s*[\]】］」>〕）)]?"

ABSTRACT = re.compile(rf"(?:{_OPEN}(?:中文)?(?:摘\s*要|内容(?:提要|摘要)|提\s*要){_SHUT}\s*[:：]?)(?!求)")
ABSTRACT_PART = re.compile(r"[\[【［「〔]\s*(?:目的|方法|结果|结论|背景|意义|局限|应用背景|文献范围|研究|过程)(?:\s*[/／]\s*\S{1,6}?)?\s*[\]】］」〕]")
KEYWORDS = re.compile(rf"{_OPEN}(?:关\s*)?键\s*[词字]\s*[:：]?{_SHUT}\s*[:：]?|{_OPEN}主题词{_SHUT}\s*[:：]")
ABSTRACT_EN = re.compile(rf"{_OPEN}(?:abstract|summary){_SHUT}", re.I)
ENGLISH_FRONT = re.compile(rf"{_OPEN}(?:<?k?ey\s*-?\s*words?|abstract|title|author){_SHUT}|(?:题目|标题|作者|机构|单位)[（(]英文[)）]", re.I)

REFERENCE_HEAD = re.compile(
    r"[\[【［]?\s*"
    r"(?:主\s*要\s*)?(?:参\s*考\s*(?:文\s*献|资\s*料|书\s*目)|引\s*用\s*文\s*献|引\s*文\s*注\s*释|注\s*释|尾\s*注|references?|bibliography|works cited)"
    r"\s*[\]】］]?\s*(?:[（(]\s*(?:references?|参\s*考\s*文\s*献)\s*[)）]|references?)?\s*(?:[:：]|$|(?=[\[［【①1]))",
    re.I,
)
REFERENCE_ENTRY = re.compile(r"[\[［【〔]\s*\d{1,3}\s*[\]］】〕]|[①-⑳]|\d{1,3}\s*[.．、]?\s*(?=[\u4e00-\u9fffA-Z《“])")

FUNDING = re.compile(
    r"(?:\\?\*|[†‡#①②③△▲◆■*]|\[\s*\])*\s*[\[【［（(]?\s*(?:资助项目|基金(?:项目|资助|\s*[:：])|项目(?:基金|资助|来源|支持)|本(?:文|研究|论文|成果|项目)(?:系|为|得到|受到?|获|是).{0,60}(?:项目|课题|基金|资助|成果)"
    r"|通[讯信]作者|责任作者|预?出版日期|首发日期|(?:修改稿|修订稿|投稿|来稿|收稿|修回|接受|录用|网络出版|改回)(?:收到)?(?:日期|时间)?\s*[:：]|收稿日期|修回日期"
    r"|作者(?:简介|贡献|单位|信息|介绍)|第一作者|个人简介|[\u4e00-\u9fff]{2,4}\s*(?:[（(]\s*\d{4}(?:\.\d{1,2})?\s*[-—–~]?\s*[)）]|[，,]?\s*[男女]\s*[，,]?\s*(?:[（(]?\d{4}|[\u4e00-\u9fff]{2,8}人))|利益冲突|致\s*谢(?:\s*[:：]|感谢)|本文无利益冲突|(?:所有)?作者(?:均)?声明|数据(?:集)?可用性|支撑数据|本文责任编辑|本期责任编辑)\s*"
)
BYLINE = re.compile(
    r"[\[【［（(]?\s*(?:作\s*者|文|记者|通讯员|本报记者|撰文|执笔|课题组|来\s*源|稿源|信息来源|文章来源|出处|发布(?:时间|日期|单位|机构|者)|发表(?:时间|日期|于)|时\s*间|日\s*期|更新(?:时间|日期)|成文日期|原载|刊于|载于|刊载于"
    r"|索\s*引\s*号|主题分类|发文机关|发文字号|标\s*题|发文日期|公开(?:方式|类型|日期|范围)|生成日期|有效性|效力|文\s*号|单\s*位|机\s*构|职\s*称|学\s*历)\s*[\]】］]?\s*[:：／/|]"
    r"|[\[【［]?\s*(?:中图分类号|中图法分类号|分\s*类\s*号|文献标[识志志](?:码|号)|文章编号|文章编码|开放科学|引用格式|引文格式|本文引用|DOI|doi|CLC|ORCID|E-?mail|电子邮[箱件]|邮\s*箱)\s*[\]】］]?\s*[:：\s]?"
    r"|10\.\d{4,9}/\S+$|https?://(?:dx\.)?doi\.org/"
)
COLUMN = re.compile(
    r"(?:专\s*[题刊栏]|特\s*稿|特约|栏\s*目|本期(?:主题|聚焦|话题|关注)|封面|卷首语)\s*[:：·|]|(?:理论|实践|学术|政策|专题|综合|比较|案例|战略与?决策)?(?:研究|论坛|探索|综述|述评|评论|论文|前沿|观察|聚焦|对话|笔谈|争鸣)$"
    r"|研究论文$|学术论文$|原创论文$|(?:chinaxiv|arxiv).{0,10}$|.{0,12}(?:大家谈|笔谈|论坛|专栏|专题)$|学术与学科$|编者按",
    re.I,
)
SUBTITLE = re.compile(
    r"(?:——|--|—|─|－－|一(?=(?:以|基于|关于|纪念|兼|来自|对|从|论|发展|写在|读|[《“\"])))\s*\S|(?:以|基于|兼[论谈评]|来自).{2,40}(?:为(?:例|个案|中心|样本|视角|视域)|分析|研究|实践|探索|考察|思考|调查|视角|数据|证据)$"
)

DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z（）()]{1,16}\s*(?:[〔\[［（(【]\s*(?:19|20)\d{2}\s*[〕\]］）)】]\s*(?:第\s*)?\d{1,5}\s*号|(?:19|20)\d{2}年第\d{1,4}号|令\s*第\s*[\d〇零一二三四五六七八九十百]+\s*号|第\s*\d{1,4}\s*号)$"
)
DOCUMENT_KIND_END = re.compile(
    r"(?:决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|答复|复函|议案|函|纪要|方案|规划|纲要|办法|规定|条例|细则|规则|要点|清单|章程|计划|制度|指南|标准|目录|预案|汇总表|名单|说明|解读|实施意见|指导意见|法)"
    r"(?:\s*[（(].{1,20}[)）])?$"
)
RECIPIENTS = re.compile(
    r"(?:各|本|有关|全)[\u4e00-\u9fff、，,（）()\s]{2,160}[:：]$|[\u4e00-\u9fff、，,（）()]{2,160}(?:人民政府|委员会|办公厅|办公室|厅|局|部|委|院|公司|机构|单位|部门|法院|检察院|区)[:：]$"
)
OFFICE = re.compile(
    r"[\u4e00-\u9fff·“”]{2,24}(?:国务院|人民政府|办公厅|办公室|委员会|常委会|常务委员会|代表大会|党委|市委|省委|区委|县委|部|厅|局|委|署|院|办|处|室|中心|总会|协会|联合会|银行|小组|法院|检察院|指挥部|领导小组|总局|总署)(?:[\s\u3000]{1,6}[\u4e00-\u9fff·]{2,24})*$|国务院$|中共中央(?:办公厅)?$"
)
DATE_LINE = re.compile(
    r"[（(]?\s*(?:(?:19|20)\d{2}\s*[年./\-]\s*\d{1,2}\s*[月./\-]\s*\d{1,2}\s*日?"
    r"|[一二]\s*[〇○零Ο0一二三四五六七八九]{3}\s*年\s*[一二三四五六七八九十]{1,2}\s*月\s*[一二三四五六七八九十]{1,3}\s*日|(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月"
    r"|(?:中华)?民国\s*[\d一二三四五六七八九十百〇零]{1,6}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日)"
    r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s*[）)]?$"
)
ATTACHMENT = re.compile(r"附\s*(?:件|录|表)\s*[\d一二三四五六七八九十A-Z]{0,3}\s*[:：.．]?$")
CARD_LABEL = re.compile(
    r"(?:索\s*引\s*号|主\s*题\s*分\s*类|发\s*文\s*机\s*关|发\s*文\s*字\s*号|标\s*题|成\s*文\s*日\s*期|发\s*文\s*日\s*期|发\s*布\s*日\s*期|公\s*开\s*日\s*期"
    r"|生\s*效\s*日\s*期|废\s*止\s*日\s*期|名\s*称|文\s*号|主\s*题\s*词|信息分类|体裁分类|组配分类|有\s*效\s*性|效\s*力)\s*[:：]"
)
ADOPTED = re.compile(r"[（(]?\s*(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日.{0,400}(?:通过|公布|修订|修正|发布|施行|批准)[）)]?$")
SITE_WORD = re.compile(
    r"(?:首页|主页|通知公告|学术动态|新闻动态|新闻中心|政策法规|信息公开|政务公开|联系我们|网站地图|更多|搜索|登录|注册|返回)(?:\s|$|[>＞»|…])"
)
CAPTION_EN = re.compile(r"(?:fig(?:ure)?s?\.?|tab(?:le)?\.?)\s*\d{1,2}", re.I)
CITATION_LINE = re.compile(r"[^。]{2,90}\[\s*[JMDNCRS]\s*\]\s*[.．,，]\s*[^。]{2,40}[,，]\s*(?:19|20)\d{2}")
CONTENTS = re.compile(r"[\[【［]?\s*(?:目\s*[录錄次]|contents)\s*[\]】］]?$", re.I)
CONTENTS_LINE = re.compile(r".{2,80}?(?:…{1,}|\.{3,}|·{3,}|—{3,}|_{3,}|\s\.\s\.|\t|\s{3,})[\s.·…]*[（(]?\d{1,3}[)）]?$")

_AFFILIATION = re.compile(
    r"(?:大\s*学|学\s*院|研究[院所室会中]|科学院|社科联|社会科学院|党校|行政学院|实验室|人民政府|委员会|办公室|医院|出版社|图书馆|情报中心|中心|公司|局|部|厅|系|所|处|院)"
    r"[\s，,、\u4e00-\u9fff（）()]{0,16}?(?:\d{5,6}|[)）])|(?:大学|学院|研究院|研究所|研究中心|科学院|党校|博士|硕士|教授|研究员|副教授|讲师)"
)


_INSTITUTION = re.compile(
    r"[（(]?\s*[\d①-⑨¹²³*\\]{0,3}\s*[（(]?(?:[\u4e00-\u9fff（）()·\s]{2,30}"
    r"(?:大学|学院|研究院|研究所|研究中心|科学院|实验室|党校|出版社|图书馆|社科联|政策研究室|发展研究中心|课题组|医院)){1,3}"
    r"(?:[\s，,]+[\u4e00-\u9fff]{2,8})?[;；)）\s]*"
)


def looks_like_affiliation(text: str) -> bool:
    """Whether a line names institutions and their postcodes rather than says something: `1清华大学公共管理学院 北京 100084`."""
    if "。" in text[:-1] or len(text) > 400:
        return False
    if re.search(r"(?<!\d)\d{6}(?!\d)|100\d{2,3}", text) and _AFFILIATION.search(text):
        return True
    return len(text) <= 60 and bool(_INSTITUTION.fullmatch(text))
