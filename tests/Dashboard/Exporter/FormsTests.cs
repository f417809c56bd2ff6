using System.Globalization;
using System.Text;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>Numbers, bounds, escapes and negotiation.</summary>
public class FormsTests
{
    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-5, "1E-05")]
    [InlineData(-0.0, "-0")]
    [InlineData(double.Epsilon, "5E-324")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    public void Number_Real_IsShortestThatReadsBack(double value, string expected)
    {
        var writer = new ByteWriter(1000);

        writer.Number(value);

        Assert.Equal(expected, Encoding.UTF8.GetString(writer.Written));
    }

    [Fact]
    public void Number_CommaCulture_WritesAPoint()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NegativeSign) = (",", "~");
            CultureInfo.CurrentCulture = comma;
            var writer = new ByteWriter(1000);
            writer.Number(-1.5);
            writer.Number(long.MinValue);

            Assert.Equal("-1.5-9223372036854775808", Encoding.UTF8.GetString(writer.Written));
            Assert.Equal("-1.5", LabelBlock.ValueText(-1.5));
            Assert.Equal("2.5", Bounds.Text(2.5, ExpositionFormat.OpenMetrics));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0, "0", "0.0")]
    [InlineData(1, "1", "1.0")]
    [InlineData(5, "5", "5.0")]
    [InlineData(0.005, "0.005", "0.005")]
    [InlineData(0.0001, "0.0001", "0.0001")]
    [InlineData(0.00001, "1E-05", "1e-05")]
    [InlineData(1e-10, "1E-10", "1e-10")]
    [InlineData(100000, "100000", "100000.0")]
    [InlineData(1000000, "1000000", "1e+06")]
    [InlineData(1234567.5, "1234567.5", "1.2345675e+06")]
    [InlineData(1e10, "10000000000", "1e+10")]
    [InlineData(1e100, "1E+100", "1e+100")]
    [InlineData(-2.5, "-2.5", "-2.5")]
    [InlineData(double.PositiveInfinity, "+Inf", "+Inf")]
    public void Text_Bound_IsCanonicalInOpenMetrics(double bound, string text, string open) =>
        Assert.Equal((text, open), (Bounds.Text(bound, ExpositionFormat.Text), Bounds.Text(bound, ExpositionFormat.OpenMetrics)));

    [Theory]
    [InlineData("a\"b\\c\nd", "a\\\"b\\\\c\\nd")]
    [InlineData("\U0001F600", "\U0001F600")]
    [InlineData("\r\t", "\r\t")]
    public void Escaped_LabelValue_EscapesThree(string value, string expected)
    {
        var writer = new ByteWriter(1000);

        writer.Escaped(value, quotes: true);

        Assert.Equal(expected, Encoding.UTF8.GetString(writer.Written));
    }

    [Fact]
    public void Escaped_LoneSurrogate_IsReplaced()
    {
        var writer = new ByteWriter(1000);

        writer.Escaped("a" + '\ud800' + "b", quotes: true);

        Assert.Equal("a\ufffdb", Encoding.UTF8.GetString(writer.Written));
    }

    [Fact]
    public void Raw_BeyondTheLimit_SaysWhatToDo()
    {
        var writer = new ByteWriter(20_000);

        var fault = Assert.Throws<InvalidOperationException>(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                writer.Raw(new byte[1000]);
            }
        });

        Assert.Contains("MetricsByteLimit", fault.Message, StringComparison.Ordinal);
        Assert.InRange(writer.Length, 20_000, 22_000);
    }

    [Theory]
    [InlineData(null, false, false)]
    [InlineData("", false, false)]
    [InlineData("*/*", false, false)]
    [InlineData("image/png", false, false)]
    [InlineData("text/plain", false, false)]
    [InlineData("application/openmetrics-text", true, false)]
    [InlineData(" application/openmetrics-text ; version=\"1.0.0\" ; q=0.9 , text/plain;q=0.5", true, false)]
    [InlineData("APPLICATION/OPENMETRICS-TEXT;version=1.0.0", true, false)]
    [InlineData("application/openmetrics-text;version=0.0.1", false, false)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0", false, false)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.3,text/plain;q=0.5", false, false)]
    [InlineData("application/openmetrics-text;q=x", false, false)]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;q=0.3", true, true)]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", true, false)]
    public void From_Accept_ChoosesTheFormat(string? accept, bool open, bool escaping)
    {
        var negotiated = Negotiated.From(accept);

        Assert.Equal(open ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text, negotiated.Format);
        Assert.StartsWith(open ? "application/openmetrics-text; version=1.0.0" : "text/plain; version=0.0.4", negotiated.ContentType, StringComparison.Ordinal);
        Assert.Equal(escaping, negotiated.ContentType.EndsWith("; escaping=underscores", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("gzip", true)]
    [InlineData("deflate, GZIP;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("identity", false)]
    public void TakesGzip_AcceptEncoding_HonoursWeight(string? header, bool expected) => Assert.Equal(expected, Negotiated.TakesGzip(header));
}
