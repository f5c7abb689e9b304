using System.Text.Json.Serialization;

namespace Net.Api.Containers;

/// <summary>The state of a container's command.</summary>
public sealed record ContainerState
{
    /// <summary><c>created</c>, <c>running</c>, <c>paused</c>, <c>restarting</c> or <c>exited</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Whether its command runs, or, without a command, whether its sandbox is up.</summary>
    public bool Running { get; init; }

    /// <summary>Whether its processes are held up. <see cref="Running"/> is true then too.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether it waits to be started again by its restart policy. <see cref="Running"/> is true then too.</summary>
    public bool Restarting { get; init; }

    /// <summary>Whether the kernel ended it for want of memory; always false here, where no limit is set.</summary>
    public bool OOMKilled { get; init; }

    /// <summary>Whether its removal has failed; always false here.</summary>
    public bool Dead { get; init; }

    /// <summary>The command's process id as the daemon sees it; 0 when it does not run.</summary>
    public int Pid { get; init; }

    /// <summary>The command's last exit code; 0 when it has not exited.</summary>
    public int ExitCode { get; init; }

    /// <summary>Why it could not be started; empty for no error.</summary>
    public string Error { get; init; } = "";

    /// <summary>The time of the last start; the year 1 when it was never started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The time of the last exit; the year 1 when it never exited.</summary>
    public DateTimeOffset FinishedAt { get; init; }

    /// <summary>What its probes have found; null when it has none, or was never started.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ContainerHealth? Health { get; init; }
}
