using Net.Labs.Compose.Models;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Reads <c>healthcheck</c>.</summary>
internal static class HealthCheckReading
{
    private const string None = "NONE";

    /// <summary>Reads the check; null when there is none, or it is disabled.</summary>
    public static ServiceHealthCheck? Read(Fields service)
    {
        if (service.Take("healthcheck") is null)
        {
            return null;
        }

        Fields fields = service.Child("healthcheck");
        bool isDisabled = fields.Switch("disable") ?? false;
        IReadOnlyList<string> test = TestOf(fields);
        var check = new ServiceHealthCheck(
            test,
            fields.Duration("interval"),
            fields.Duration("timeout"),
            fields.Number("retries"),
            fields.Duration("start_period"),
            fields.Duration("start_interval"));
        fields.Finish("a health check");
        return isDisabled || test is [] or [None] ? null : check;
    }

    private static IReadOnlyList<string> TestOf(Fields fields) => fields.Take("test") switch
    {
        null => [],
        Scalar line => ["CMD-SHELL", line.Text],
        _ when fields.Texts("test") is { } words && words is ["CMD" or "CMD-SHELL", _, ..] or [None] => words,
        _ => throw fields.Fault("test", "a list begins with CMD, CMD-SHELL or NONE, such as [\"CMD\", \"wget\", \"-q\", \"localhost\"]"),
    };
}
