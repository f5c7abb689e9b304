using System.Text.Json.Serialization;

namespace Net.Api.Containers;

/// <summary>How it is found out whether a container works. Times are nanoseconds; 0 stands for the default.</summary>
public sealed record HealthConfig
{
    /// <summary>The probe: <c>CMD</c> and the words of a command, <c>CMD-SHELL</c> and a text for /bin/sh, or <c>NONE</c>; null or empty
    /// for no probe.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Test { get; init; }

    /// <summary>The time from the end of a probe to the next; 30 s when 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Interval { get; init; }

    /// <summary>How long a probe may take; 30 s when 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Timeout { get; init; }

    /// <summary>How long after the start failures do not count, until a probe succeeds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long StartPeriod { get; init; }

    /// <summary>The time between probes within <see cref="StartPeriod"/>; 5 s when 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long StartInterval { get; init; }

    /// <summary>How many failures in a row make the container unhealthy; 3 when 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Retries { get; init; }
}
