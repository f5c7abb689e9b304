using Net.Api.Containers;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Reads <c>healthcheck</c>.</summary>
internal static class HealthCheckReading
{
    private const string None = "NONE";

    /// <summary>Reads the check; null when there is none, or it is disabled.</summary>
    public static HealthConfig? Read(Fields service)
    {
        if (service.Take("healthcheck") is null)
        {
            return null;
        }

        Fields fields = service.Child("healthcheck");
        bool isDisabled = fields.Switch("disable") ?? false;
        IReadOnlyList<string> test = TestOf(fields);
        var check = new HealthConfig
        {
            Test = test,
            Interval = fields.Nanoseconds("interval") ?? 0,
            Timeout = fields.Nanoseconds("timeout") ?? 0,
            Retries = fields.Number("retries") ?? 0,
            StartPeriod = fields.Nanoseconds("start_period") ?? 0,
            StartInterval = fields.Nanoseconds("start_interval") ?? 0,
        };
        fields.Finish("a health check");
        return isDisabled || test is [] or [None] ? null : check;
    }

    private static IReadOnlyList<string> TestOf(Fields fields) => fields.Take("test") switch
    {
        null => [],
        Scalar line => ["CMD-SHELL", line.Text],
        _ when fields.Texts("test") is { } words && words is ["CMD" or "CMD-SHELL", _, ..] or [None] => words,
        _ when fields.Texts("test") is ["CMD" or "CMD-SHELL"] alone => throw fields.Fault(
            "test", $"{alone[0]} has no command behind it: write [\"{alone[0]}\", \"COMMAND\"]"),
        _ => throw fields.Fault("test", "a list begins with CMD, CMD-SHELL or NONE, such as [\"CMD\", \"wget\", \"-q\", \"localhost\"]"),
    };
}
