using Net.Cnm.Errors;

namespace Net.Drivers.Options;

/// <summary>Builds the error for invalid options of a network. One message lists every problem.</summary>
internal static class OptionErrors
{
    public static CnmException Invalid(string network, string driver, IReadOnlyList<OptionProblem> problems) =>
        new(
            CnmErrorKind.InvalidParameter,
            $"network \"{network}\": the {driver} driver cannot take " +
            $"{(problems.Count == 1 ? "the option " : $"{problems.Count} options: ")}{string.Join(" | ", problems)}");

    /// <summary>Throws when a network of a driver without options has any.</summary>
    public static void RequireNone(string network, string driver, IReadOnlyDictionary<string, string> options)
    {
        if (options.Count > 0)
        {
            throw Invalid(
                network,
                driver,
                [
                    .. options.OrderBy(o => o.Key, StringComparer.Ordinal)
                    .Select(o => new OptionProblem(o.Key, o.Value, "unknown option", "none, this driver has no options")),
                ]);
        }
    }
}
