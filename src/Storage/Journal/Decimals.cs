using System.Globalization;

namespace ApproxCluster.Storage;

/// <summary>Reals as m * 10^e, which takes fewer bytes where a person chose them.</summary>
internal static class Decimals
{
    // Eight bytes of its own are not beaten by a longer one.
    private const int MostDigits = 12;

    /// <summary>Splits the text of a number; false where it has too many digits.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> text, out long mantissa, out sbyte exponent)
    {
        (mantissa, exponent) = (0, 0);
        var (digits, shift) = (0, 0);
        var isNegative = text[0] == '-';
        var index = isNegative ? 1 : 0;
        for (var isFraction = false; index < text.Length && text[index] != 'E'; index++)
        {
            if (text[index] == '.')
            {
                isFraction = true;
                continue;
            }

            digits += mantissa > 0 ? 1 : 0;
            if (digits >= MostDigits)
            {
                return false;
            }

            mantissa = (10 * mantissa) + (text[index] - '0');
            shift -= isFraction ? 1 : 0;
        }

        if (index < text.Length)
        {
            shift += int.Parse(text[(index + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        mantissa = isNegative ? -mantissa : mantissa;
        exponent = (sbyte)Math.Clamp(shift, sbyte.MinValue, sbyte.MaxValue);
        return exponent == shift && mantissa != 0;
    }

    /// <summary>The number again.</summary>
    public static double Join(long mantissa, sbyte exponent) =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"{mantissa}E{exponent}"), NumberStyles.Float, CultureInfo.InvariantCulture);
}
