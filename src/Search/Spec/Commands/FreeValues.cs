using System.Buffers;
using System.Text;

namespace ApproxCluster.Search;

/// <summary>Values of a program's parameters, in sweep files and as the JSON that the program gets.</summary>
public static class FreeValues
{
    internal const int MaximumLength = 1000;

    /// <summary>
    /// The parameters as one JSON object: keys are their paths, sorted; whole numbers, real numbers (with a point or an exponent), the words <c>true</c> and <c>false</c> as booleans, other words as
    /// strings, lists as lists.
    /// </summary>
    public static string Json(Assignment parameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new CanonicalJson(buffer))
        {
            foreach (var (path, value) in parameters)
            {
                json.WriteRaw(path, Json(value));
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A value as JSON.</summary>
    internal static string Json(ParameterValue value) =>
        value.Kind == ParameterValueKind.Word && (IsList(value.Word) || value.Word is "true" or "false") ? value.Word : CanonicalJson.TextOf(value);

    /// <summary>The value of a node; null where it is none.</summary>
    internal static ParameterValue? Read(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar when Scalars.IsNull(node):
                return null;
            case YamlScalar { Text: var digits } when Scalars.TryWhole(node, out var whole) && digits.AsSpan().IndexOfAny(".eE") < 0:
                return ParameterValue.Of(whole);
            case YamlScalar when Scalars.TryReal(node, out var real):
                return ParameterValue.Of(real);
            case YamlScalar when Scalars.TryFlag(node, out var flag):
                return ParameterValue.Of(flag ? "true" : "false");
            case YamlScalar { Text: { Length: > 0 and <= MaximumLength } text } when !IsList(text):
                return ParameterValue.Of(text);
            case YamlList list:
                var items = list.Items.Select(item => item is YamlList ? null : Read(item)).ToList();
                var word = items.TrueForAll(item => item is not null) ? $"[{string.Join(',', items.Select(item => Json(item!.Value)))}]" : "";
                return word.Length is > 0 and <= MaximumLength ? ParameterValue.Of(word) : null;
            default:
                return null;
        }
    }

    private static bool IsList(string word) => word.StartsWith('[');
}
