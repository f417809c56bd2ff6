using System.Text.Json;

namespace ApproxCluster.Trainer;

/// <summary>Enum members as files spell them: <c>LeakyRelu</c> is <c>leaky_relu</c>.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The member of a word. Throws <see cref="InvalidDataException"/> for an unknown one.</summary>
    public static T Parse<T>(string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == word)
            {
                return value;
            }
        }

        throw new InvalidDataException(
            $"Its {typeof(T).Name} is '{word}', but must be one of {string.Join(", ", Enum.GetValues<T>().Select(Of))}. Update ApproxCluster.Trainer if a later one wrote it, or save it again.");
    }
}
