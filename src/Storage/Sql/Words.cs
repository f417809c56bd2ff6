using System.Text.Json;
using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <summary>States as the tables spell them: snake_case, as everywhere.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static SweepStatus Status(string word) => Parse<SweepStatus>(word);

    public static TrialState State(string word) => Parse<TrialState>(word);

    public static FailureReason Reason(string word) => Parse<FailureReason>(word);

    private static T Parse<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
