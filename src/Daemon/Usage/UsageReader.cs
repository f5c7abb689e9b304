using Net.Api.Containers.Statistics;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller;
using Net.Linux.Processes;
using Net.Netlink.Links;

namespace Net.Daemon.Usage;

/// <summary>Measures what a container uses: processor time, memory and disks by the processes that descend from its shim, network by the
/// links in its namespace.</summary>
/// <param name="controller">Finds containers and their processes.</param>
/// <param name="counters">Reads the links.</param>
/// <param name="time">The clock.</param>
internal sealed class UsageReader(NetworkController controller, SandboxCounters counters, TimeProvider time)
{
    private const ulong NanosecondsPerTick = 1_000_000_000 / ProcessUsage.TicksPerSecond;

    /// <summary>Measures a container as it is now.</summary>
    /// <param name="id">The container.</param>
    /// <param name="before">The measurement before; null for none.</param>
    /// <returns>A document without values but the name when the container does not run.</returns>
    /// <exception cref="CnmException">NotFound: the container is gone.</exception>
    public ContainerStats Read(SandboxId id, ContainerStats? before)
    {
        Sandbox sandbox = controller.FindSandbox(id.Value);
        var empty = new ContainerStats { Id = id.Value, Name = "/" + sandbox.Name };
        IReadOnlyList<int> ids = sandbox.State == SandboxState.Running ? controller.ProcessesOf(sandbox) : [];
        if (ids.Count == 0)
        {
            return empty;
        }

        var host = HostUsage.Read();
        ProcessUsage[] processes = [.. ids.Skip(1).Select(ProcessUsage.Read).OfType<ProcessUsage>()];
        // The shim waits for processes that have lost their parent: what they used counts, what it uses itself does not.
        ProcessUsage? waiter = ProcessUsage.Read(ids[0]);
        ulong user = Sum(processes, p => p.UserTicks + p.ChildUserTicks) + (waiter?.ChildUserTicks ?? 0);
        ulong kernel = Sum(processes, p => p.SystemTicks + p.ChildSystemTicks) + (waiter?.ChildSystemTicks ?? 0);
        return empty with
        {
            Read = time.GetUtcNow(),
            PreRead = before?.Read ?? default,
            Pids = new PidsStats { Current = Sum(processes, p => (ulong)p.Threads) },
            Cpu = new CpuStats
            {
                Usage = new CpuUsage
                {
                    Total = (user + kernel) * NanosecondsPerTick,
                    User = user * NanosecondsPerTick,
                    Kernel = kernel * NanosecondsPerTick,
                },
                System = host.CpuTicks * NanosecondsPerTick,
                Processors = host.Processors,
            },
            PreCpu = before?.Cpu ?? new CpuStats { Usage = new CpuUsage() },
            Memory = new MemoryStats { Usage = Sum(processes, p => p.OwnBytes), Limit = host.MemoryBytes },
            BlockIo = new BlockIoStats
            {
                Bytes =
                [
                    new BlockIoEntry { Operation = "read", Bytes = Sum(processes, p => p.ReadBytes) },
                    new BlockIoEntry { Operation = "write", Bytes = Sum(processes, p => p.WrittenBytes) },
                ],
            },
            Networks = HolderOf(sandbox) is { } holder
                ? counters.Read(holder).ToDictionary(link => link.Key, link => StatsOf(link.Value))
                : null,
        };
    }

    private static ulong Sum(ProcessUsage[] processes, Func<ProcessUsage, ulong> value) =>
        processes.Aggregate(0UL, (sum, process) => sum + value(process));

    /// <summary>The sandbox whose network namespace a sandbox is in; null for the host's.</summary>
    private SandboxId? HolderOf(Sandbox sandbox)
    {
        Sandbox? holder = sandbox.SharesStackOf is { } shared ? controller.Snapshot.Find(shared) : sandbox;
        return holder is { Mode: not NetworkMode.Host } ? holder.Id : null;
    }

    private static NetworkStats StatsOf(LinkStatistics link) => new()
    {
        ReceivedBytes = link.ReceivedBytes,
        ReceivedPackets = link.ReceivedPackets,
        ReceivedErrors = link.ReceiveErrors,
        ReceivedDropped = link.ReceivedDropped,
        SentBytes = link.SentBytes,
        SentPackets = link.SentPackets,
        SentErrors = link.SendErrors,
        SentDropped = link.SentDropped,
    };
}
