namespace Net.Labs.Lessons;

/// <summary>How people call a lab: by its name, by the number that its name begins with, or by the name without the number.</summary>
public static class LabName
{
    /// <summary>The lab that is meant; null when there is none.</summary>
    /// <param name="all">What to choose from.</param>
    /// <param name="nameOf">The name of one of them.</param>
    /// <param name="asked">What was said.</param>
    /// <exception cref="FormatException">More than one may be meant.</exception>
    public static T? Find<T>(IReadOnlyCollection<T> all, Func<T, string> nameOf, string asked)
        where T : class
    {
        if (all.FirstOrDefault(one => nameOf(one) == asked) is { } exact)
        {
            return exact;
        }

        T[] meant = [.. all.Where(one => IsMeant(nameOf(one), asked))];
        return meant.Length <= 1 ? meant.FirstOrDefault() : throw new FormatException(
            $"\"{asked}\" may be {string.Join(" or ", meant.Select(nameOf))}: give the whole name");
    }

    private static bool IsMeant(string name, string asked)
    {
        int end = name.IndexOf('-', StringComparison.Ordinal);
        return end > 0 && int.TryParse(name[..end], out int number)
            && (int.TryParse(asked, out int wanted) ? wanted == number : name[(end + 1)..] == asked);
    }
}
