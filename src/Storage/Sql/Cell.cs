namespace ApproxCluster.Storage;

/// <summary>Types of columns.</summary>
internal enum CellType
{
    Invalid,
    Int,
    Long,
    Real,
    Text,
    Json,
    Time,
    Bytes,
}

/// <summary>A value on its way into a column: knows its type, though it be NULL, and is not boxed.</summary>
internal readonly struct Cell
{
    private readonly long bits;
    private readonly object? content;

    private Cell(CellType type, long bits)
    {
        Type = type;
        this.bits = bits;
    }

    private Cell(CellType type, object? content)
    {
        Type = type;
        this.content = content;
        IsNull = content is null;
    }

    public CellType Type { get; }

    public bool IsNull { get; }

    public int Int => (int)bits;

    public long Long => bits;

    public double Real => BitConverter.Int64BitsToDouble(bits);

    public string Text => (string)content!;

    public ReadOnlyMemory<byte> Bytes => (ReadOnlyMemory<byte>)content!;

    public DateTimeOffset Time => new(bits, TimeSpan.Zero);

    public static implicit operator Cell(int value) => new(CellType.Int, value);

    public static implicit operator Cell(int? value) => value is { } some ? (Cell)some : new Cell(CellType.Int, null);

    public static implicit operator Cell(long value) => new(CellType.Long, value);

    public static implicit operator Cell(double value) => new(CellType.Real, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Cell(double? value) => value is { } some ? (Cell)some : new Cell(CellType.Real, null);

    public static implicit operator Cell(string? value) => new(CellType.Text, value);

    public static implicit operator Cell(ReadOnlyMemory<byte> value) => new(CellType.Bytes, value);

    public static implicit operator Cell(DateTimeOffset value) => new(CellType.Time, value.UtcTicks);

    public static Cell NoTime => new(CellType.Time, null);

    public static Cell Json(string? value) => new(CellType.Json, value);
}
