using System.Text;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>The guard is guarded: each kind of fault is found.</summary>
public class ExpositionValidatorTests
{
    [Theory]
    [InlineData("# TYPE a gauge\na 1\n", "no # EOF")]
    [InlineData("# TYPE a gauge\na 1\n# EOF", "no final line feed")]
    [InlineData("# TYPE a gauge\r\na 1\n# EOF\n", "carriage return")]
    [InlineData("# TYPE a gauge\n# TYPE a gauge\na 1\n# EOF\n", "TYPE of a twice")]
    [InlineData("# TYPE a gauge\na 1\n# HELP a x\n# EOF\n", "after samples")]
    [InlineData("# TYPE a gauge\na 1\na 2\n# EOF\n", "series twice")]
    [InlineData("# TYPE a gauge\na{x=\"1\",y=\"2\"} 1\na{y=\"2\",x=\"1\"} 2\n# EOF\n", "series twice")]
    [InlineData("# TYPE a gauge\na{x=\"1\",x=\"2\"} 1\n# EOF\n", "label twice")]
    [InlineData("# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\na{x=\"1\"} 2\n# EOF\n", "not contiguous")]
    [InlineData("# TYPE a counter\na 1\n# EOF\n", "sample a in a")]
    [InlineData("# TYPE a counter\na_total -1\n# EOF\n", "counter a_total is -1")]
    [InlineData("# TYPE a_seconds gauge\n# UNIT a_seconds bytes\na_seconds 1\n# EOF\n", "UNIT")]
    [InlineData("# TYPE a gauge\n# HELP a say \"x\"\na 1\n# EOF\n", "HELP")]
    [InlineData("# TYPE a.b gauge\n# EOF\n", "comment")]
    [InlineData("# TYPE a gauge\na 1 # {t=\"1\"} 1\n# EOF\n", "exemplar where none")]
    [InlineData("# TYPE a gauge\na 1,5\n# EOF\n", "number")]
    [InlineData("# TYPE a gauge\na{x=\"\"\"} 1\n# EOF\n", "sample:")]
    [InlineData("# TYPE a gauge\n# EOF\n", "without samples")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1.0\"} 2\na_sum 1\na_count 2\n# EOF\n", "do not end in +Inf")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1.0\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n# EOF\n", "do not grow")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 2\n# EOF\n", "not the last bucket")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n# EOF\n", "not canonical")]
    public void Check_FaultyBody_NamesTheFault(string body, string fault) =>
        Assert.Contains(ExpositionValidator.Check(Encoding.UTF8.GetBytes(body), openMetrics: true), found => found.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void Check_SoundBody_FindsNothing() => Assert.Empty(ExpositionValidator.Check(
        "# HELP a_seconds \\\"x\\\"\n# TYPE a_seconds counter\n# UNIT a_seconds seconds\na_seconds_total{x=\"\\n\\\"\"} 1 # {trace_id=\"1\"} 1 2.5\n# EOF\n"u8.ToArray(), openMetrics: true));

    [Fact]
    public void Check_BadUtf8_FindsIt() => Assert.Equal(["not UTF-8"], ExpositionValidator.Check([0xff, (byte)'\n'], openMetrics: false));
}
