"""Spans of months: one row a month, and spans less other spans."""
import narwhals as nw

C, INT = nw.col, nw.Int64


def by_month(spans):
    """Each span as one row a month."""
    first, last = (spans["since"].min(), spans["until"].max()) if len(spans) else (0, -1)
    return among(spans, range(first, last + 1)).with_columns(since=C("month"), until=C("month")).drop("month")


def among(spans, months):
    """The spans once for each of these months that they hold, in ``month``."""
    table = nw.from_dict({"month": list(months)}, schema={"month": INT}, backend=nw.get_native_namespace(spans))
    return spans.join(table, how="cross").filter(C("since") <= C("month"), C("month") <= C("until"))


def without(spans, excluded):
    """The spans less the months of ``excluded``; who has several excluded spans is taken month by month."""
    if not len(excluded):
        return spans
    gone = excluded.group_by("entitlement").agg(C("since").min().alias("gone_since"), C("until").max().alias("gone_until"), nw.len().alias("n"))
    several = gone.filter(C("n") > 1).select("entitlement")
    once = spans.join(several, on="entitlement", how="anti").join(gone, on="entitlement", how="inner")
    before = once.with_columns(until=nw.min_horizontal("until", C("gone_since") - 1))
    after = once.with_columns(since=nw.max_horizontal("since", C("gone_until") + 1))
    cut = nw.concat([before, after]).filter(C("since") <= C("until")).select(*spans.columns)
    untouched = spans.join(gone.select("entitlement"), on="entitlement", how="anti")
    months = by_month(spans.join(several, on="entitlement", how="semi"))
    taken = by_month(excluded.join(several, on="entitlement", how="semi")).select("entitlement", "since")
    return nw.concat([untouched, cut, months.join(taken, on=["entitlement", "since"], how="anti").select(*spans.columns)])
