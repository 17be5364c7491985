"""What makers call their columns, Chinese and English, and what of it is read here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stationdesk.domain.metering.archive.units import Unit, split_unit
from stationdesk.domain.metering.archive.values import Quantity

UNREAD = "unread"
"""Known, and of no use here: record numbers, flows, extremes, compressibility, the day's and month's volumes."""
VOLUME = "volume"
"""A volume that does not say at which conditions."""


def _any(*words: str) -> str:
    return "|".join(words)


_UNCORRECTED = _any(
    r"工况|工作状态|未修正|未校正|未转换|未换算|原始|实际|uncorrected|unconverted|uncorr|unconv|actual|gross|raw|primary",
    r"operating|unkorrigiert|\bv[mug]\b|\bvm[a-z]?\b|\bam3\b",
)
_CORRECTED = _any(
    r"标况|标准|标方|基准|修正|校正|corrected|converted|standard|base|normal|\bcorr\b|\bconv\b|\bnet\b|\bv[bnsc]t?\b|\bstd\b",
    r"\bnm3\b|\bsm3\b",
)
_VOLUME = _any(
    r"累积|累计|总量|体积|读数|底数|表底|示值|用气量|用量|气量|counter|volume|\bvol\b|totali[sz]er|\btotal\b|\bindex\b",
    r"reading|\bacc(?:u|um|umulated)?\b",
)
_FAULT = _any(
    r"故障|扰动|干扰|错误|异常|出错|报警(?=累|总|体积|量|期间|时|状态下|标况)|\berr(?:or)?\b|disturb\w*|fault",
    r"(?:under|in|during) (?:alarm|error|fault)|malfunction|failure|alarm(?= ?(?:vol|total|counter|state|corr|std|acc))",
    r"\bv[bn](?:d|e|err|error|f|s)\b",
)
_HOURLY = _any(
    r"小时(?:量|用|体积|累|增|工况|标况|气)|每小时|本小时|时段|增量|差值|本期|hourly|delta|increment|interval|consumption",
    r"per hour|\bd ?v[mbn]?\b|δ",
)
_DAILY = r"日累|日用|日总|昨日|今日|当日|本日|月累|月用|本月|上月|年累|daily|today|yesterday|month|per day"
_RATE = r"瞬时流|流速|流量\b(?!.*(?:累|总))|flow ?rate|\bq[mbn]?\b|\bflow\b(?!.*(?:tot|acc|vol|counter))"
_EXTREME = r"最大|最小|最高|最低|上限|下限|\bmax|\bmin(?!ute)|peak|limit|设定|报警值|setpoint|alarm (?:high|low|limit)"
_OTHER = _any(
    r"差压|压差|大气|环境|电池|电压|电量|信号|仪表温|机箱|箱温|密度|热值|甲烷|氮|二氧化碳|组分|能量|differential|\bdp\b",
    r"atmos|barom|ambient|battery|voltage|density|calorific|heating|energy|methane|\bco2\b|\bn2\b|\bh2\b|\bch4\b|signal|压缩",
    r"偏差因子|compress|\bz(?:[bfn]|/zb|/zn)?\b|\bk\b",
)
_RECORD = _any(
    r"序号|记录号|编号|行号|序列|归档号|流水号|no\.?|nr\.?|#|id|index|record(?: ?(?:no\.?|number|id))?",
    r"seq(?:uence)?(?: ?(?:no\.?|number))?|row|n°|№|count",
)
_FACTOR = _any(
    r"(?:修正|换算|转换|校正|体积|标况|体积修正|体积换算)(?:系数|因子|倍数)|系数",
    r"(?:correction|conversion|corr\.?|conv\.?|volume) ?(?:factor|coeff(?:icient)?)|factor|coefficient|c|cf|vcf|c\.?f\.?",
)
_STATUS = _any(
    r"状态|报警|告警|事件|备注|说明|故障(?:代码|信息|码|描述|标志)?|信息|标志|status|state|alarms?|events?|remarks?|notes?",
    r"flags?|comments?|diagnos\w*|messages?|errors?(?: ?codes?)?|st",
)
_RUN = _any(
    r"(?:计量|输气)?(?:管路|支路|回路|气路|路)(?:号|名称?|编号)?|流量计(?:号|名称?|编号|位号)?|表(?:号|具|计|名)(?:号|编号)?",
    r"仪表(?:号|名称?|编号|位号)?|修正仪(?:号|名称?|编号|位号)?|位号|通道(?:号)?|设备(?:号|名称?|编号)?|站点|测点|run|stream",
    r"meter(?: ?run)?|line|tag|channel|device|corrector",
    r"(?:run|stream|meter|line|tag|channel|device|corrector) ?(?:no\.?|nr\.?|id|name|number)|serial(?: ?(?:no\.?|number))?",
)
_MOMENT = _any(
    r"(?:日期|数据|记录|采集|存储|保存|冻结|抄表|抄录|上报|采样|归档|整点|统计|存档)?(?:日期)?[/和及与 ]*(?:时间|时刻|时间点|时间戳)",
    r"时间[/和 ]*日期|整点|小时|时|时段|点|记录日期|time|timestamp|time ?stamp|date ?/? ?time|date ?(?:and|&|\+) ?time",
    r"time ?/ ?date|datetime|hour|hours|clock|log ?time|archive ?time|record(?:ed)? ?(?:time|at)|period|interval|date_time",
    r"zeit|datum ?/? ?zeit|utc(?: time)?|local time|time \(?(?:utc|local)\)?",
)
_YEAR, _MONTH = r"年份?|year", r"月份?|month"
_DATE = r"日期|日|年月日|计量日|(?:记录|数据|采集|抄表)日期|date|day|gas ?day|datum|dato"
_START = _any(
    r"(?:开始|起始|起|始)(?:时间|时刻|日期)?|.*(?:开始|起始)(?:时间|时刻)",
    r"(?:from|start|begin(?:ning)?)(?: ?(?:time|date|of ?(?:the )?(?:hour|interval|period)))?",
    r"(?:hour|interval|period|time) ?(?:start|begin(?:ning)?|from)",
    r"(?:时间|时刻|小时|整点|hour|time) ?\(? ?(?:起|始|起始|开始|start|begin) ?\)?",
)
_END = _any(
    r"(?:结束|截止|终止|终|止|至)(?:时间|时刻|日期)?|.*(?:结束|截止|终止)(?:时间|时刻)",
    r"(?:to|until|till|end(?:ing)?|stop)(?: ?(?:time|date|of ?(?:the )?(?:hour|interval|period)))?",
    r"(?:hour|interval|period|time) ?(?:end(?:ing)?|to|stop)",
    r"(?:时间|时刻|小时|整点|hour|time) ?\(? ?(?:止|末|终|结束|end) ?\)?",
)

_TIMES = (
    (Quantity.YEAR, _YEAR),
    (Quantity.MONTH, _MONTH),
    (Quantity.START, _START),
    (Quantity.END, _END),
    (Quantity.DATE, _DATE),
    (Quantity.MOMENT, _MOMENT),
)
_NOISE = re.compile(
    r"平均|均值|瞬时|当前|期间|整点|实时|小时|时段|计量|天然气|燃气|气体|介质|修正仪|流量计算机|流量计|流量|管道|绝对|绝压|表压|累积|累计|总量|总|体积|读数|底数|值|量|数|的|压力|压强|温度|"
    r"状况|情况|状态|工况|标况|未|"
    r"\b(?:mean|average|avg|ave|instant(?:aneous)?|inst|current|hourly|gas|absolute|abs|gauge|flow|pressure|press|"
    r"temperature|temp|volume|vol|counter|total|value|"
    r"reading|factor|coefficient|index|conditions?|at|of|the|in|under|meter(?= (?:pressure|temp))|totali[sz]er|"
    r"p|t|c|v|pm|tm|vm|vb|vn|pabs|vberr|vmerr)\b"
)


@dataclass(frozen=True)
class Heading:
    """A heading that was understood. what: a Quantity, UNREAD, VOLUME or "" for an unknown one; rank: the smaller of two of one kind is
    preferred (means before instants); rest: what is left of the words, which may name a run."""

    text: str
    what: str
    unit: Unit | None = None
    gauge: bool | None = None
    rank: int = 0
    rest: str = ""


def heading(text: str) -> Heading:
    """What a heading says."""
    bare, unit = split_unit(_parted(text))
    loose = re.sub(r"[_./\-:,;()]+", " ", bare).strip()
    tight = re.sub(r"\s+", " ", bare).strip(" :*.")
    what = _what(loose, tight, unit)
    return Heading(text.strip(), what, unit, _gauge(bare, unit), _rank(loose), _as_written(_rest(loose, what), text))


def _parted(text: str) -> str:
    """ErrorVolume as two words; kPa and degC stay one."""
    return re.sub(r"(?<=[A-Za-z][a-z]{2})(?=[A-Z][a-z])", " ", text)


def _as_written(name: str, text: str) -> str:
    """A run's name in the letters of the file."""
    place = text.casefold().find(name)
    return text[place : place + len(name)] if name and place >= 0 and len(text.casefold()) == len(text) else name


def _what(loose: str, tight: str, unit: Unit | None) -> str:
    if not tight and unit is None:
        return ""
    if unit is None and (found := _exactly(tight) or _exactly(loose)):
        return found
    kind = unit.kind if unit else ""
    if kind == "rate" or re.search(_OTHER, loose) or re.search(_EXTREME, loose):
        return UNREAD
    if kind in ("pressure", "temperature"):
        return {"pressure": Quantity.PRESSURE, "temperature": Quantity.TEMPERATURE}[kind]
    return _measured(loose, unit)


def _exactly(words: str) -> str:
    for quantity, pattern in (("", _RECORD), *_TIMES, (Quantity.RUN, _RUN), (Quantity.FACTOR, _FACTOR), (Quantity.STATUS, _STATUS)):
        if re.fullmatch(pattern, words):
            return quantity or UNREAD
    return ""


def _measured(loose: str, unit: Unit | None) -> str:
    """Volumes, and pressures, temperatures and factors that name no unit or a run as well."""
    if unit is None and (found := _unitless(loose)):
        return found
    counts = unit is not None or re.search(rf"{_VOLUME}|{_UNCORRECTED}|{_CORRECTED}|{_FAULT}|{_HOURLY}", loose)
    if not counts:
        return _trailing(loose)
    if re.search(_DAILY, loose) or (unit is None and re.search(_RATE, loose)):
        return UNREAD
    return _volume(loose, unit)


def _unitless(loose: str) -> str:
    if re.search(r"压力|压强|绝压|表压|pressure|\bpress\b|\bp(?:m|abs|g|1|avg)?\b", loose) and not re.search(
        r"基准|标准|base|standard", loose
    ):
        return Quantity.PRESSURE
    if re.search(r"温度|temperature|\btemp\b|\bt(?:m|g|avg)?\b", loose) and not re.search(r"基准|标准|base|standard", loose):
        return Quantity.TEMPERATURE
    if re.search(r"(?:修正|换算|转换|校正)(?:系数|因子)|(?:correction|conversion) ?(?:factor|coeff)|\bfactor\b|\bcf\b", loose):
        return Quantity.FACTOR
    return ""


def _trailing(loose: str) -> str:
    """Status, run and time words with something beside them: 1# 状态, Archive time (local)."""
    for quantity, pattern in (
        (Quantity.STATUS, r"状态|报警|告警|事件|备注|status|alarm|event|remark"),
        (Quantity.START, _START),
        (Quantity.END, _END),
    ):
        if re.search(pattern, loose) if quantity is Quantity.STATUS else re.fullmatch(pattern, loose):
            return quantity
    if re.search(r"时间|timestamp|\btime\b", loose):
        return Quantity.MOMENT
    return Quantity.DATE if re.search(r"日期|\bdate\b", loose) else ""


def _volume(loose: str, unit: Unit | None) -> str:
    hourly = re.search(_HOURLY, loose)
    if re.search(_FAULT, loose):
        if re.search(_UNCORRECTED, loose):
            return UNREAD
        return Quantity.FAULT_MOVED if hourly else Quantity.FAULT
    if re.search(_UNCORRECTED, loose):
        return Quantity.MOVED if hourly else Quantity.COUNTER
    if re.search(r"含故障|含扰动|\bvbt\b|\bvnt\b|incl", loose):
        return Quantity.TOTAL
    if re.search(_CORRECTED, loose) or (unit and unit.base):
        return Quantity.CORRECTED_MOVED if hourly else Quantity.CORRECTED
    return VOLUME


def _gauge(bare: str, unit: Unit | None) -> bool | None:
    if unit is not None and unit.gauge is not None:
        return unit.gauge
    if re.search(r"绝压|绝对|\babs(?:olute)?\b|pabs|p_abs|\bpa\b", bare):
        return False
    return True if re.search(r"表压|gau?ge|p_g\b", bare) else None


def _rank(loose: str) -> int:
    if re.search(r"平均|均值|mean|average|\bavg\b", loose):
        return 0
    return 2 if re.search(r"瞬时|实时|当前|inst|current", loose) else 1


def _rest(loose: str, what: str) -> str:
    """What may name a run: the words without those every maker uses."""
    if not what or what == UNREAD:
        return ""
    words = loose
    for pattern in (
        _FAULT,
        _UNCORRECTED,
        _CORRECTED,
        r"(?:修正|换算|转换)?(?:系数|因子)|(?:correction|conversion) factor|状态|报警|status|alarm",
    ):
        words = re.sub(pattern, " ", words)
    return re.sub(r"\s+", " ", _NOISE.sub(" ", words)).strip()
