using System.Globalization;
using System.Text;

namespace ApproxCluster.Dashboard;

/// <summary>A growing buffer of UTF-8 with the forms of an exposition: numbers, escapes. Kept and used again from scrape to scrape.</summary>
internal sealed class ByteWriter(int limit, int initial = 16 * 1024)
{
    private byte[] buffer = new byte[Math.Min(limit, initial)];

    /// <summary>Bytes so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    /// <summary>Starts afresh.</summary>
    public void Clear() => Length = 0;

    /// <summary>Writes bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Writes one byte.</summary>
    public void Raw(char ascii)
    {
        Room(1)[0] = (byte)ascii;
        Length++;
    }

    /// <summary>Writes text as UTF-8; lone surrogates become U+FFFD.</summary>
    public void Text(ReadOnlySpan<char> text) => Length += Encoding.UTF8.GetBytes(text, Room(3 * text.Length));

    /// <summary>Writes text with backslash, line feed and, if asked, quote escaped.</summary>
    public void Escaped(string text, bool quotes)
    {
        var rest = text.AsSpan();
        while (true)
        {
            var special = quotes ? rest.IndexOfAny('\\', '\n', '"') : rest.IndexOfAny('\\', '\n');
            if (special < 0)
            {
                Text(rest);
                return;
            }

            Text(rest[..special]);
            Raw(rest[special] switch { '\\' => @"\\"u8, '\n' => @"\n"u8, _ => "\\\""u8 });
            rest = rest[(special + 1)..];
        }
    }

    /// <summary>Writes a whole number.</summary>
    public void Number(long value)
    {
        value.TryFormat(Room(20), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Writes a real number in its shortest form that reads back.</summary>
    public void Number(double value)
    {
        if (double.IsFinite(value))
        {
            value.TryFormat(Room(32), out var written, default, CultureInfo.InvariantCulture);
            Length += written;
        }
        else
        {
            Raw(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8);
        }
    }

    private Span<byte> Room(int size)
    {
        if (buffer.Length - Length < size)
        {
            var wanted = (long)Length + size;
            if (Length > limit || wanted > Array.MaxLength)
            {
                throw new InvalidOperationException(
                    $"The exposition is over {limit} bytes, but must be at most that. Raise {nameof(DashboardOptions)}.{nameof(DashboardOptions.MetricsByteLimit)}.");
            }

            Array.Resize(ref buffer, (int)Math.Max(wanted, Math.Min(2L * buffer.Length, limit)));
        }

        return buffer.AsSpan(Length);
    }
}
