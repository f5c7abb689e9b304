namespace Net.Drivers.Options;

/// <summary>One driver option that cannot be taken.</summary>
/// <param name="Key">The option as the user wrote it.</param>
/// <param name="Value">The value as the user wrote it.</param>
/// <param name="Why">What is wrong, such as "is not a whole number".</param>
/// <param name="Allowed">What would be right: the values of this option, or the known options.</param>
public sealed record OptionProblem(string Key, string Value, string Why, string Allowed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key}={Value}: {Why}; allowed: {Allowed}";
}
