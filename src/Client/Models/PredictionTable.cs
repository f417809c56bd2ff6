using System.Globalization;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Models;

/// <summary>Predictions as CSV, a row for each row of input: the values, or the class and the probability of each class.</summary>
internal static class PredictionTable
{
    /// <summary>Prints predictions.</summary>
    public static void Print(Model model, InputTable table, TextWriter writer)
    {
        var (definition, columns) = (model.Definition, model.Definition.Columns);
        var predictions = model.Predict(table.X);
        if (definition.Task == TaskKind.Regression)
        {
            Csv.Row(writer, columns.Outputs);
            for (var row = 0; row < table.Rows; row++)
            {
                Csv.Row(writer, Row(predictions, row, definition.Outputs).Select(Cell));
            }

            return;
        }

        var labels = model.PredictLabels(table.X);
        Csv.Row(writer, [columns.Outputs[0], .. columns.Classes.Select(name => $"probability.{name}")]);
        for (var row = 0; row < table.Rows; row++)
        {
            var sample = Row(predictions, row, definition.Outputs);
            IEnumerable<float> probabilities = definition.Task == TaskKind.BinaryClassification ? [1 - sample[0], sample[0]] : sample;
            Csv.Row(writer, [columns.Classes[labels[row]], .. probabilities.Select(Cell)]);
        }
    }

    private static ArraySegment<float> Row(float[] predictions, int row, int outputs) => new(predictions, row * outputs, outputs);

    /// <summary>Every digit of the float, none of a double's; NaN as such, as an empty line would be no row to most readers.</summary>
    private static string Cell(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
