namespace Net.Drivers.Options;

/// <summary>One invalid driver option.</summary>
/// <param name="Key">The option as the user wrote it.</param>
/// <param name="Value">The value as the user wrote it.</param>
/// <param name="Why">The problem, such as "is not a whole number".</param>
/// <param name="Allowed">The allowed values of this option; for an unknown option, the known options.</param>
public sealed record OptionProblem(string Key, string Value, string Why, string Allowed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key}={Value}: {Why}; allowed: {Allowed}";
}
