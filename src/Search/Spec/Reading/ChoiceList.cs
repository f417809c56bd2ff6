namespace ApproxCluster.Search;

/// <summary>Reads a <c>choice</c> or <c>ordinal</c>: a list of values, each once.</summary>
internal static class ChoiceList
{
    /// <summary>The choices that could be read, in their order; empty after faults in all.</summary>
    /// <param name="map">The mapping that holds the list.</param>
    /// <param name="word">The list's key.</param>
    /// <param name="path">The mapping's place in the file.</param>
    /// <param name="faults">What is wrong.</param>
    /// <param name="read">Reads an item; null after a fault.</param>
    public static List<Choice> Read(YamlMap map, string word, string path, FaultList faults, Func<YamlNode, Choice?> read)
    {
        var reader = new EntryReader(map, path, faults);
        var node = reader.Take(word)!;
        reader.Finish();
        if (node is not YamlList { Items.Count: > 0 } list)
        {
            faults.Add(node, path, $"{word} is {Scalars.Describe(node)}, but must be a list of at least one value. Write '{word}: [a, b]'.");
            return [];
        }

        var choices = new List<Choice>();
        var seen = new HashSet<ParameterValue>();
        foreach (var item in list.Items)
        {
            if (read(item) is not { } choice)
            {
                continue;
            }

            if (!seen.Add(choice.Value))
            {
                faults.Add(item, path, $"{word} has {choice.Value} twice, but must have each value once. Delete one of the two.");
            }

            choices.Add(choice);
        }

        return choices;
    }
}
