using System.CommandLine.Parsing;
using System.Globalization;

namespace ApproxCluster.Client.Commands;

/// <summary>Reads whole numbers of a command line; the parser's own words name types of the class library.</summary>
internal static class WholeNumber
{
    /// <summary>The number; null where there is none, or after a fault.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="name">The option or argument.</param>
    /// <param name="least">Smallest number.</param>
    /// <param name="most">Largest number.</param>
    /// <param name="advice">What to do.</param>
    public static int? Parse(ArgumentResult result, string name, int least = int.MinValue, int most = int.MaxValue, string advice = "Change it.")
    {
        if (result.Tokens is not [var token])
        {
            return null;
        }

        if (int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        var range = (least, most) switch
        {
            (int.MinValue, _) => "",
            (_, int.MaxValue) => FormattableString.Invariant($" of at least {least}"),
            _ => FormattableString.Invariant($" from {least} to {most}"),
        };
        result.AddError($"{name} is {token.Value}, but must be a whole number{range}. {advice}");
        return null;
    }
}
