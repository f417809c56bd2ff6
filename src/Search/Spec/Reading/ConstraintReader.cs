namespace ApproxCluster.Search;

/// <summary>Reads the rules of a space: <c>where</c>, a list of expressions, and <c>forbid</c>, a list of combinations of values.</summary>
internal sealed class ConstraintReader(FaultList faults)
{
    private const int MaximumCount = 100;

    /// <summary>The space with its rules. Where the space itself is at fault, names and values are not checked against it.</summary>
    public SearchSpace Read(YamlNode? where, YamlNode? forbid, SearchSpace space, bool isSound)
    {
        var constraints = new List<Constraint>();
        var names = ExpressionNames.Of(space, isSound);
        foreach (var (item, path) in Items(where, "where", "an expression, or a list of them", "Write 'where: width * depth <= 512'."))
        {
            if (Expression(item, path, names) is { } expression)
            {
                constraints.Add(expression);
            }
        }

        var reader = new PointReader(space, faults);
        foreach (var (item, path) in Items(forbid, "forbid", "a combination of values, or a list of them", "Write 'forbid: [{optimizer: sgd, width: 64}]'."))
        {
            if (isSound && reader.Read(item, path, "A combination") is { } values)
            {
                constraints.Add(new ForbidConstraint(values));
            }
        }

        return constraints.Count == 0 ? space : space with { Constraints = constraints };
    }

    private IEnumerable<(YamlNode Item, string Path)> Items(YamlNode? node, string name, string rule, string advice)
    {
        if (node is null)
        {
            return [];
        }

        if (Scalars.IsNull(node) || node is YamlList { Items.Count: > MaximumCount })
        {
            faults.Add(node, name, FormattableString.Invariant($"{name} is {Scalars.Describe(node)}, but must be {rule}, {MaximumCount} at most. {advice}"));
            return [];
        }

        return node is YamlList list ? list.Items.Select((item, index) => (item, FormattableString.Invariant($"{name}[{index}]"))) : [(node, name)];
    }

    private WhereConstraint? Expression(YamlNode node, string path, ExpressionNames names)
    {
        if (node is not YamlScalar scalar)
        {
            faults.Add(node, path, $"An expression is {Scalars.Describe(node)}, but must be a text. Write 'width * depth <= 512'.");
            return null;
        }

        try
        {
            return new(ExpressionParser.Parse(scalar.Text, names));
        }
        catch (ExpressionException fault)
        {
            // Folded and escaped texts cannot be followed letter by letter.
            var (column, place) = scalar.Indent is { } indent ? (scalar.Column + indent + fault.Place, "") : (scalar.Column, FormattableString.Invariant($"At character {fault.Place + 1}: "));
            faults.Add(scalar.Line, column, path, place + fault.Message);
            return null;
        }
    }
}
