namespace Net.Labs.Pictures;

/// <summary>The order in which people count: <c>web2</c> before <c>web10</c>; else that of the code points.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        string first = x ?? "", second = y ?? "";
        for (int i = 0, j = 0; i < first.Length && j < second.Length;)
        {
            ReadOnlySpan<char> one = Digits(first, i), other = Digits(second, j);
            int order = one.IsEmpty || other.IsEmpty ? first[i].CompareTo(second[j]) : CompareNumbers(one, other);
            if (order != 0)
            {
                return order;
            }

            i += Math.Max(1, one.IsEmpty || other.IsEmpty ? 1 : one.Length);
            j += Math.Max(1, one.IsEmpty || other.IsEmpty ? 1 : other.Length);
        }

        // One begins with the other, but for zeros in front of numbers.
        int rest = first.Length.CompareTo(second.Length);
        return rest != 0 ? rest : string.CompareOrdinal(first, second);
    }

    private static ReadOnlySpan<char> Digits(string text, int at)
    {
        int end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return text.AsSpan(at, end - at);
    }

    private static int CompareNumbers(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        one = one.TrimStart('0');
        other = other.TrimStart('0');
        return one.Length != other.Length ? one.Length.CompareTo(other.Length) : one.SequenceCompareTo(other);
    }
}
