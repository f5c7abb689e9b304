namespace Net.Api.Texts;

/// <summary>Guesses which word was meant by one that is unknown.</summary>
public static class Suggestion
{
    private const int ShortestPrefix = 3;

    /// <summary>The end of a sentence, <c>; did you mean "--name"?</c>, with all words that are equally near; empty when none
    /// is.</summary>
    /// <param name="word">The unknown word.</param>
    /// <param name="known">The words that would be valid in its place.</param>
    public static string Of(string word, IEnumerable<string> known)
    {
        IEnumerable<string>? nearest = known.Distinct(StringComparer.Ordinal)
            .Where(k => k.TrimStart('-').Length > 1)
            .Select(k => (Word: k, Distance: Distance(word, k)))
            .Where(k => k.Distance <= Tolerance(word, k.Word))
            .GroupBy(k => k.Distance, k => $"\"{k.Word}\"")
            .MinBy(group => group.Key);
        return nearest is null ? "" : $"; did you mean {string.Join(" or ", nearest.Order(StringComparer.Ordinal))}?";
    }

    // A third of a word may be mistyped, at most two letters. The beginning of a longer word is near enough.
    private static int Tolerance(string word, string known)
    {
        int length = word.TrimStart('-').Length;
        bool isBeginning = length >= ShortestPrefix && known.StartsWith(word, StringComparison.OrdinalIgnoreCase);
        return isBeginning ? int.MaxValue : Math.Min(2, (length + 1) / 3);
    }

    /// <summary>How many letters have to be inserted, left out, replaced or swapped with their neighbour to get from one word to the other,
    /// whatever their case (the optimal string alignment distance).</summary>
    private static int Distance(string from, string to)
    {
        int[,] steps = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                steps[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1, steps[i - 1, j - 1] + (Same(from[i - 1], to[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                {
                    steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
                }
            }
        }

        return steps[from.Length, to.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
