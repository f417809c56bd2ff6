using System.Globalization;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace ApproxCluster.Client.Rendering;

/// <summary>
/// The only way to print. Results go to <see cref="Out"/>, talk to <see cref="Error"/>. Off a terminal there are no escapes, no repaint, and
/// lines are as wide as their content: Spectre by itself writes escapes into pipes.
/// </summary>
internal sealed partial class Terminal
{
    private const int PipeWidth = 1000;

    public Terminal(TextWriter output, TextWriter error, bool noColor, bool quiet)
    {
        Writer = output;
        ErrorWriter = error;
        Quiet = quiet;
        OutIsTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && !IsDumb;
        ErrorIsTerminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected && !IsDumb;
        var plain = noColor || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        Out = Create(output, OutIsTerminal, plain);
        Error = Create(error, ErrorIsTerminal, plain);
    }

    /// <summary>Standard output for tables.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Standard error for live views and talk with colour.</summary>
    public IAnsiConsole Error { get; }

    /// <summary>Standard output for raw text: JSON, CSV.</summary>
    public TextWriter Writer { get; }

    /// <summary>Standard error for plain lines.</summary>
    public TextWriter ErrorWriter { get; }

    /// <summary>Whether a person looks at standard output.</summary>
    public bool OutIsTerminal { get; }

    /// <summary>Whether a person looks at standard error.</summary>
    public bool ErrorIsTerminal { get; }

    /// <summary>Whether talk is unwanted.</summary>
    public bool Quiet { get; }

    private static bool IsDumb => Environment.GetEnvironmentVariable("TERM") == "dumb";

    /// <summary>Whether standard output shows colours.</summary>
    public bool HasColor => OutIsTerminal && Out.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;

    /// <summary>A line of results; styled only on a terminal, and never broken up in a pipe.</summary>
    public void Line(string line = "", Style? style = null)
    {
        if (OutIsTerminal && style is not null)
        {
            Out.Write(new Text(line + Environment.NewLine, style));
        }
        else
        {
            Writer.WriteLine(line);
        }
    }

    /// <summary>A line of talk, unless talk is unwanted.</summary>
    public void Say(string line)
    {
        if (!Quiet)
        {
            ErrorWriter.WriteLine(line);
        }
    }

    /// <summary>A line that must be seen: warnings, errors.</summary>
    public void Warn(string line) => ErrorWriter.WriteLine(line);

    private static IAnsiConsole Create(TextWriter writer, bool terminal, bool plain)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
            ColorSystem = terminal && !plain ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!terminal)
        {
            console.Profile.Width = PipeWidth;
            console.Profile.Capabilities.Unicode = writer.Encoding.CodePage is 65001 or 1200;
        }

        return console;
    }

    /// <summary>Text of others, without what would colour the terminal, move its cursor or ring its bell.</summary>
    public static string Plain(string text) => string.Concat(Escape().Replace(text, "").Select(letter => char.IsControl(letter) && letter != '\t' ? '\uFFFD' : letter));

    /// <summary>Text in the invariant culture.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // ECMA-48, section 5.4: control sequences.
    [GeneratedRegex("\x1b\\[[0-?]*[ -/]*[@-~]")]
    private static partial Regex Escape();
}
