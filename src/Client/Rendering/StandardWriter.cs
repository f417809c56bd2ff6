using System.Text;
using ApproxCluster.Client.Commands;

namespace ApproxCluster.Client.Rendering;

/// <summary>
/// Standard output or error of this process, which a full disk may refuse. Results that cannot be written end the command with a message and <see cref="ExitCodes.Failed"/>; talk that
/// cannot be written is lost, and the sweep goes on.
/// </summary>
/// <param name="inner">Where to.</param>
/// <param name="isTalk">Whether it may be lost.</param>
internal sealed class StandardWriter(TextWriter inner, bool isTalk) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Puts one around standard output and one around standard error.</summary>
    public static void Install()
    {
        Console.SetOut(new StandardWriter(Console.Out, isTalk: false));
        Console.SetError(new StandardWriter(Console.Error, isTalk: true));
    }

    /// <inheritdoc/>
    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + NewLine);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException) when (isTalk)
        {
        }
        catch (IOException refusal)
        {
            throw Refused(refusal);
        }
    }

    /// <summary>What to tell when standard output is refused.</summary>
    public static CommandException Refused(IOException refusal) =>
        new(ExitCodes.Failed, $"Standard output cannot be written: {refusal.Message}. Make room, or send it elsewhere.", refusal);
}
