namespace ApproxCluster.Dashboard.Tests;

public class PrometheusNamesTests
{
    [Theory]
    [InlineData("_x", "", "_x")]
    [InlineData("9x", "", "_9x")]
    [InlineData("a..b", "", "a_b")]
    [InlineData("a._-b", "", "a_b")]
    [InlineData("é", "", "_")]
    [InlineData("naïve", "", "na_ve")]
    [InlineData("a:b", "", "a:b")]
    [InlineData("", "", "_")]
    [InlineData("http.server.duration", "s", "http_server_duration_seconds")]
    [InlineData("x.seconds", "s", "x_seconds")]
    [InlineData("seconds", "s", "seconds")]
    [InlineData("x", "1", "x")]
    [InlineData("x", "{trial}", "x")]
    [InlineData("x", "{trial}/s", "x_per_second")]
    [InlineData("x", "m/s", "x_meters_per_second")]
    [InlineData("x", "By/", "x_bytes")]
    [InlineData("x", "By/s/s", "x_bytes_per_s_s")]
    [InlineData("x", "KiBy", "x_kibibytes")]
    [InlineData("x", "%", "x_percent")]
    [InlineData("x", "MB", "x_MB")]
    [InlineData("x", "Cel", "x_celsius")]
    [InlineData("x_total", "", "x_total")]
    public void Family_Gauge_FollowsTheRules(string name, string unit, string expected) =>
        Assert.Equal(expected, PrometheusNames.Family(name, unit, FamilyKind.Gauge).Sample);

    [Theory]
    [InlineData("x", "", "x", "x_total")]
    [InlineData("x_total", "By", "x_bytes", "x_bytes_total")]
    [InlineData("x.bytes.total", "By", "x_bytes", "x_bytes_total")]
    [InlineData("total", "", "total", "total_total")]
    [InlineData("_total", "", "_total", "_total_total")]
    [InlineData("cpu.time", "s", "cpu_time_seconds", "cpu_time_seconds_total")]
    public void Family_Counter_EndsInTotalOnce(string name, string unit, string family, string sample)
    {
        var named = PrometheusNames.Family(name, unit, FamilyKind.Counter);

        Assert.Equal((family, sample), (named.Base, named.Sample));
    }

    [Theory]
    [InlineData("a.b", "a_b")]
    [InlineData("a:b", "a_b")]
    [InlineData("", "_")]
    [InlineData("0", "_0")]
    [InlineData("__name__", "_name_")]
    [InlineData("größe", "gr_e")]
    public void Label_AnyKey_IsALabelName(string key, string expected) => Assert.Equal(expected, PrometheusNames.Label(key));

    [Fact]
    public void StatesUnit_NameIsTheUnit_StatesNone()
    {
        Assert.False(PrometheusNames.Family("seconds", "s", FamilyKind.Gauge).StatesUnit);
        Assert.True(PrometheusNames.Family("x", "s", FamilyKind.Gauge).StatesUnit);
    }
}
