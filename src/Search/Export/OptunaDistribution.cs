using System.Buffers;
using System.Text;

namespace ApproxCluster.Search;

/// <summary>
/// Domains as Optuna 4 and 5 have them (<c>optuna/distributions.py</c>): FloatDistribution, IntDistribution and, for choices, CategoricalDistribution, whose values are kept by
/// their index.
/// </summary>
internal static class OptunaDistribution
{
    /// <summary>The distribution's JSON text, which the log holds as a string.</summary>
    public static string Text(Domain domain)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new CanonicalJson(buffer))
        {
            json.Write("name", domain switch { IntDomain => "IntDistribution", FloatDomain => "FloatDistribution", _ => "CategoricalDistribution" });
            json.Open("attributes");
            WriteAttributes(json, domain);
            json.Close();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A value as the log holds it.</summary>
    public static double Internal(Domain domain, ParameterValue value)
    {
        if (domain is not ChoiceDomain choices)
        {
            return value.Number;
        }

        for (var index = 0; index < choices.Choices.Count; index++)
        {
            if (choices.Choices[index].Value == value)
            {
                return index;
            }
        }

        throw new ArgumentException($"Value is {value}, but must be one of the parameter's choices.", nameof(value));
    }

    private static void WriteAttributes(CanonicalJson json, Domain domain)
    {
        switch (domain)
        {
            case IntDomain whole:
                json.Write("log", whole.Log);
                json.Write("step", whole.Step);
                json.Write("low", whole.Low);
                json.Write("high", whole.High);
                break;
            case FloatDomain real:
                json.Write("log", real.Log);
                if (real.Step is { } step)
                {
                    json.Write("step", ParameterValue.Of(step));
                }
                else
                {
                    json.Write("step", (string?)null);
                }

                json.Write("low", ParameterValue.Of(real.Low));
                json.Write("high", ParameterValue.Of(real.High));
                break;
            case ChoiceDomain choices:
                json.OpenList("choices");
                foreach (var choice in choices.Choices)
                {
                    json.Write(choice.Value);
                }

                json.CloseList();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(domain), domain, "Unknown domain.");
        }
    }
}
