namespace Net.Drivers.Options;

/// <summary>How one option is read.</summary>
/// <typeparam name="T">The settings that it is a part of.</typeparam>
/// <param name="Key">The option's name.</param>
/// <param name="Read">The settings with the value in them; null when the value cannot be taken.</param>
/// <param name="Why">What is wrong with a value that cannot be taken.</param>
/// <param name="Allowed">What would be right.</param>
internal sealed record OptionRule<T>(string Key, Func<T, string, T?> Read, Func<string, string> Why, string Allowed)
    where T : class
{
    /// <summary>Reads options in the order of their keys and gathers everything that is wrong.</summary>
    /// <param name="rules">The options that there are.</param>
    /// <param name="settings">The defaults.</param>
    /// <param name="text">The options as given; an unknown key is a problem.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static T Apply(
        IReadOnlyList<OptionRule<T>> rules, T settings, IReadOnlyDictionary<string, string> text, ICollection<OptionProblem> problems)
    {
        foreach ((string key, string value) in text.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            OptionRule<T>? rule = rules.FirstOrDefault(r => r.Key == key);
            if (rule is null)
            {
                problems.Add(new OptionProblem(key, value, "unknown option", string.Join(", ", rules.Select(r => r.Key))));
            }
            else if (rule.Read(settings, value) is { } read)
            {
                settings = read;
            }
            else
            {
                problems.Add(new OptionProblem(key, value, rule.Why(value), rule.Allowed));
            }
        }

        return settings;
    }
}
