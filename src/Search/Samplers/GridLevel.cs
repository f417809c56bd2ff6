namespace ApproxCluster.Search;

/// <summary>Parameters of a finite, unfolded space that exist together, with the numbers of their values worked out once: numbers the cells.</summary>
internal sealed class GridLevel
{
    private readonly Entry[] entries;

    public GridLevel(IReadOnlyList<Parameter> parameters)
    {
        entries = [.. parameters.Select(parameter => new Entry(parameter))];
        Size = entries.Aggregate(1L, (product, entry) => checked(product * entry.Size));
    }

    /// <summary>Cells.</summary>
    public long Size { get; }

    /// <summary>The cell with a number below their count.</summary>
    public Assignment Cell(long number)
    {
        var values = new List<KeyValuePair<string, ParameterValue>>(entries.Length);
        Add(number, values);
        return new Assignment(values);
    }

    /// <summary>In mixed radix, the first parameter turning slowest.</summary>
    private void Add(long cell, List<KeyValuePair<string, ParameterValue>> values)
    {
        var cells = Size;
        foreach (var entry in entries)
        {
            cells /= entry.Size;
            (var index, cell) = Math.DivRem(cell, cells);
            if (entry.Choices is not { } choices)
            {
                values.Add(new(entry.Path, entry.Value(index)));
                continue;
            }

            foreach (var (value, nested) in choices)
            {
                if (index < nested.Size)
                {
                    values.Add(new(entry.Path, value));
                    nested.Add(index, values);
                    break;
                }

                index -= nested.Size;
            }
        }
    }

    private sealed class Entry
    {
        private readonly Domain domain;

        public Entry(Parameter parameter)
        {
            (Path, domain) = (parameter.Path, parameter.Domain);
            Choices = domain is ChoiceDomain choices ? [.. choices.Choices.Select(choice => (choice.Value, new GridLevel(choice.Parameters)))] : null;
            Size = domain switch
            {
                IntDomain whole => UnitMapping.Count(whole),
                FloatDomain real => UnitMapping.Count(real),
                _ => Choices?.Sum(choice => choice.Nested.Size) ?? 1,
            };
        }

        public string Path { get; }

        public long Size { get; }

        public (ParameterValue Value, GridLevel Nested)[]? Choices { get; }

        public ParameterValue Value(long index) => domain switch
        {
            FixedDomain known => known.Value,
            IntDomain whole => ParameterValue.Of(UnitMapping.At(whole, index)),
            FloatDomain real => ParameterValue.Of(UnitMapping.At(real, index)),
            _ => throw new ArgumentOutOfRangeException(nameof(index), domain, "Unknown domain."),
        };
    }
}
