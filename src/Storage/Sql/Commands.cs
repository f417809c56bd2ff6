using System.Data.Common;

namespace ApproxCluster.Storage;

/// <summary>Shorthands over ADO.NET.</summary>
internal static class Commands
{
    /// <summary>Adds a parameter; null becomes NULL.</summary>
    public static DbCommand Add(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>A whole number, or null.</summary>
    public static int? IntOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    /// <summary>A number, or null.</summary>
    public static double? RealOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    /// <summary>A number; NULL stands for NaN.</summary>
    public static double RealOrNaN(this DbDataReader reader, int column) => reader.IsDBNull(column) ? double.NaN : reader.GetDouble(column);

    /// <summary>Text, or null.</summary>
    public static string? TextOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
