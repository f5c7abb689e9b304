using System.Globalization;

namespace Net.Drivers.Options;

/// <summary>The rules of options that several drivers have.</summary>
internal static class CommonRules
{
    /// <summary><c>netctl.metric</c>: the metric of containers' default routes, 1 to 4294967295.</summary>
    public static OptionRule<T> Metric<T>(Func<T, uint, T> set)
        where T : class => new(
        "netctl.metric",
        (options, value) => uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint metric) && metric > 0
            ? set(options, metric)
            : null,
        _ => "is not a metric",
        "a number from 1 to 4294967295");

    /// <summary><c>com.docker.network.advertise_addr_nmsgs</c>: how often containers' addresses are announced, 0 to 3.</summary>
    public static OptionRule<T> AnnouncementCount<T>(Func<T, int, T> set)
        where T : class => Number("com.docker.network.advertise_addr_nmsgs", 0, 3, set);

    /// <summary><c>com.docker.network.advertise_addr_ms</c>: the time between two announcements in milliseconds, 100 to 2000.</summary>
    public static OptionRule<T> AnnouncementInterval<T>(Func<T, int, T> set)
        where T : class => Number("com.docker.network.advertise_addr_ms", 100, 2000, set);

    private static OptionRule<T> Number<T>(string key, int least, int most, Func<T, int, T> set)
        where T : class => new(
        key,
        (options, value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= least && number <= most
                ? set(options, number)
                : null,
        _ => "is not in the range",
        string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
}
