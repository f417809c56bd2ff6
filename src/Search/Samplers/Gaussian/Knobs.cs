namespace ApproxCluster.Search;
internal static class Knobs
{
    public static double Get(string name, double value) => Environment.GetEnvironmentVariable("K_" + name) is { } text ? double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : value;
    public static readonly double PowerLow = Get("PL", -0.5), PowerHigh = Get("PH", 2), OffLow = Get("OL", 1e-4), OffHigh = Get("OH", 10), PM = Get("PM", 0.7), PD = Get("PD", 0.5), OM = Get("OM", -1.2), OD = Get("OD", 1.5), Start = Get("ST", 2), LM = Get("LM", 0), LV = Get("LV", 6), A = Get("A", 0), B = Get("B", 0), C = Get("C", 0), D = Get("D", 0);
}
