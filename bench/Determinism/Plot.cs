using System.Globalization;
using System.Text;

namespace ApproxCluster.Bench.Determinism;

/// <summary>Draws idle shares over trials in flight as SVG: a line for each spread of speeds.</summary>
internal static class Plot
{
    private const int Width = 560;
    private const int Height = 320;
    private const int Left = 56;
    private const int Bottom = 44;
    private const int Top = 34;
    private const double Highest = 0.6;

    private static readonly string[] Colors = ["#1f77b4", "#ff7f0e", "#d62728"];

    /// <summary>The picture.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="parallel">Trials in flight, ascending.</param>
    /// <param name="lines">A name and its idle shares, one for each of them.</param>
    public static string Draw(string title, IReadOnlyList<int> parallel, IReadOnlyList<(string Name, IReadOnlyList<double> Idle)> lines)
    {
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Add(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/><text x=\"{Left}\" y=\"20\" font-size=\"14\">{title}</text>");
        for (var share = 0.0; share <= Highest + 1e-9; share += 0.1)
        {
            Add(svg, $"<line x1=\"{Left}\" x2=\"{Width - 20}\" y1=\"{Y(share):F1}\" y2=\"{Y(share):F1}\" stroke=\"#ddd\"/>");
            Add(svg, $"<text x=\"{Left - 8}\" y=\"{Y(share) + 4:F1}\" text-anchor=\"end\">{100 * share:F0} %</text>");
        }

        for (var index = 0; index < parallel.Count; index++)
        {
            Add(svg, $"<text x=\"{X(index, parallel.Count):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{parallel[index]}</text>");
        }

        Add(svg, $"<text x=\"{(Left + Width) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">trials in flight (parallel), on {Case.Slots} slots</text>");
        for (var line = 0; line < lines.Count; line++)
        {
            var points = string.Join(' ', lines[line].Idle.Select((idle, index) => Format($"{X(index, parallel.Count):F1},{Y(idle):F1}")));
            Add(svg, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{Colors[line]}\" stroke-width=\"2\"/>");
            Add(svg, $"<text x=\"{Width - 150}\" y=\"{Top + 16 + 16 * line}\" fill=\"{Colors[line]}\">{lines[line].Name}</text>");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static double X(int index, int count) => Left + 30 + (Width - Left - 80.0) * index / (count - 1);

    private static double Y(double share) => Height - Bottom - (Height - Bottom - Top) * share / Highest;

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(Format(text)).Append('\n');

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
