namespace ApproxCluster.Client.Rendering;

/// <summary>
/// Training and validation curves in one small chart of characters: braille dots in two colours on a terminal, letters elsewhere. The vertical
/// axis is logarithmic when all values are positive and span more than a decade.
/// </summary>
internal sealed class CurveChart
{
    private const int DotsAcross = 2;
    private const int DotsDown = 4;

    private readonly int width;
    private readonly int height;
    private readonly bool log;
    private readonly double low;
    private readonly double high;
    private readonly IReadOnlyList<double> training;
    private readonly IReadOnlyList<double> validation;

    /// <summary>Lays out a chart.</summary>
    public CurveChart(IReadOnlyList<double> training, IReadOnlyList<double> validation, int width = 60, int height = 12)
    {
        this.training = training;
        this.validation = validation;
        this.width = width;
        this.height = height;
        var finite = training.Concat(validation).Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        (low, high) = (finite.Min(), finite.Max());
        log = low > 0 && high > 10 * low;
        if (!(high > low))
        {
            (low, high) = (low - 0.5, high + 0.5);
        }
    }

    /// <summary>Whether there is nothing to show.</summary>
    public bool IsEmpty => !training.Concat(validation).Any(double.IsFinite);

    /// <summary>Lines with letters: t training, v validation, * both.</summary>
    public IEnumerable<string> Letters()
    {
        var cells = new char[height, width];
        Each(training, width, height, (column, row) => cells[row, column] = 't');
        Each(validation, width, height, (column, row) => cells[row, column] = cells[row, column] is 't' or '*' ? '*' : 'v');
        for (var row = 0; row < height; row++)
        {
            var line = new char[width];
            for (var column = 0; column < width; column++)
            {
                line[column] = cells[row, column] == 0 ? ' ' : cells[row, column];
            }

            yield return $"{Label(row)} |{new string(line).TrimEnd()}";
        }

        yield return Axis();
    }

    /// <summary>Cells with braille dots; the colour is that of the validation curve where it passes.</summary>
    public IEnumerable<(string Label, IReadOnlyList<(char Dots, bool Validation)> Cells)> Braille()
    {
        var dots = new int[height, width];
        var ours = new bool[height, width];
        Each(training, width * DotsAcross, height * DotsDown, (x, y) => dots[y / DotsDown, x / DotsAcross] |= Dot(x, y));
        Each(validation, width * DotsAcross, height * DotsDown, (x, y) =>
        {
            dots[y / DotsDown, x / DotsAcross] |= Dot(x, y);
            ours[y / DotsDown, x / DotsAcross] = true;
        });
        for (var row = 0; row < height; row++)
        {
            var line = new List<(char, bool)>(width);
            for (var column = 0; column < width; column++)
            {
                line.Add((dots[row, column] == 0 ? ' ' : (char)(0x2800 + dots[row, column]), ours[row, column]));
            }

            yield return (Label(row), line);
        }
    }

    /// <summary>The line below the chart: first and last epoch.</summary>
    public string Axis()
    {
        var last = Terminal.Text($"{training.Count}");
        return $"{new string(' ', LabelWidth)} +{new string('-', width)}{Environment.NewLine}{new string(' ', LabelWidth + 2)}1{last.PadLeft(width - 1)}  epoch";
    }

    private const int LabelWidth = 10;

    // Bits of a braille cell (Unicode block 2800): dots 1-3 and 7 down the left side, 4-6 and 8 down the right.
    private static int Dot(int x, int y) => (x % DotsAcross, y % DotsDown) switch
    {
        (0, 3) => 0x40,
        (1, 3) => 0x80,
        (0, var row) => 1 << row,
        (_, var row) => 8 << row,
    };

    private void Each(IReadOnlyList<double> values, int columns, int rows, Action<int, int> mark)
    {
        for (var index = 0; index < values.Count; index++)
        {
            if (!double.IsFinite(values[index]))
            {
                continue;
            }

            var x = values.Count == 1 ? 0 : (int)((long)index * (columns - 1) / (values.Count - 1));
            var share = (Scale(values[index]) - Scale(low)) / (Scale(high) - Scale(low));
            mark(x, Math.Clamp((int)Math.Round((1 - share) * (rows - 1)), 0, rows - 1));
        }
    }

    private double Scale(double value) => log ? Math.Log(value) : value;

    private string Label(int row)
    {
        if (row != 0 && row != height - 1 && row != height / 2)
        {
            return new string(' ', LabelWidth);
        }

        var share = 1 - (double)row / (height - 1);
        var value = Scale(low) + share * (Scale(high) - Scale(low));
        return Numbers.Short(log ? Math.Exp(value) : value).PadLeft(LabelWidth);
    }
}
