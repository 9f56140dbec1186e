"""Spans of months: one row a month, and spans less other spans. Frames may be lazy, as those of Spark are."""
import narwhals as nw

C, INT = nw.col, nw.Int64


def worked_out(frame):
    """A frame that is used several times. An eager one is as it is; Spark works it out here, because its plans grow with each use."""
    native = frame.to_native()
    return nw.from_native(native.localCheckpoint()) if hasattr(native, "localCheckpoint") else frame


def month_table(like, first: int, last: int):
    """The months from first to last, one row each in ``month``, as a frame beside an eager one."""
    months = {"month": list(range(first, last + 1))}
    return nw.from_dict(months, schema={"month": INT}, backend=nw.get_native_namespace(like))


def is_empty(frame) -> bool:
    """Whether a frame is known to have no row, where to know it costs nothing."""
    return isinstance(frame, nw.DataFrame) and not len(frame)


def by_month(spans, months):
    """Each span as one row a month, of the months of the table."""
    among = spans.join(months, how="cross").filter(C("since") <= C("month"), C("month") <= C("until"))
    return among.with_columns(since=C("month"), until=C("month")).drop("month")


def in_stretches(spans, *same):
    """Each span cut wherever one of the same person begins or ends, so that those that meet cover the same months.

    ``same`` are the columns that say who and what is the same.
    """
    spans = worked_out(spans)
    cuts = nw.concat([spans.select(*same, month=C("since")), spans.select(*same, month=C("until") + 1)]).unique()
    cuts = _until_next(cuts, same).filter(~C("last").is_null())
    met = spans.join(cuts, on=list(same), how="inner").filter(C("since") <= C("month"), C("month") <= C("until"))
    return met.with_columns(since=C("month"), until=C("last")).drop("month", "last")


def _until_next(cuts, same):
    """Each cut with the month before the next one of the same; a frame at hand is sorted once, which costs a third of sorting by group."""
    if not isinstance(cuts, nw.DataFrame):
        return cuts.with_columns(last=C("month").shift(-1).over(*same, order_by="month") - 1)
    cuts = cuts.sort(*same, "month")
    goes_on = nw.all_horizontal(*(C(name).shift(-1) == C(name) for name in same), ignore_nulls=False)
    return cuts.with_columns(last=nw.when(goes_on).then(C("month").shift(-1) - 1))


def without(spans, excluded, months):
    """The spans less the months of ``excluded``; who has several excluded spans is taken month by month."""
    if is_empty(excluded):
        return spans
    columns = spans.collect_schema().names()
    gone = excluded.group_by("entitlement").agg(C("since").min().alias("gone_since"), C("until").max().alias("gone_until"), nw.len().alias("n"))
    several = gone.filter(C("n") > 1).select("entitlement")
    once = spans.join(several, on="entitlement", how="anti").join(gone, on="entitlement", how="inner")
    before = once.with_columns(until=nw.min_horizontal("until", C("gone_since") - 1))
    after = once.with_columns(since=nw.max_horizontal("since", C("gone_until") + 1))
    cut = nw.concat([before, after]).filter(C("since") <= C("until")).select(*columns)
    untouched = spans.join(gone.select("entitlement"), on="entitlement", how="anti")
    single = by_month(spans.join(several, on="entitlement", how="semi"), months)
    taken = by_month(excluded.join(several, on="entitlement", how="semi"), months).select("entitlement", "since")
    return nw.concat([untouched, cut, single.join(taken, on=["entitlement", "since"], how="anti").select(*columns)])
