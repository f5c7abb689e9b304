using System.Text.Json.Nodes;
using Net.Api.Containers.Statistics;
using Net.Cli.Formats;

namespace Net.Tests.Unit.Cli;

/// <summary>The rows of <c>stats</c>.</summary>
public sealed class UsageTests
{
    [Fact]
    public void A_row_has_Dockers_columns_with_processor_time_in_per_cent_of_one_processor()
    {
        var stats = new ContainerStats
        {
            Id = new string('a', 64),
            Name = "/web",
            Cpu = new CpuStats { Usage = new CpuUsage { Total = 3_500_000_000 }, System = 20_000_000_000, Processors = 2 },
            PreCpu = new CpuStats { Usage = new CpuUsage { Total = 2_000_000_000 }, System = 18_000_000_000 },
            Memory = new MemoryStats { Usage = 5_612_000, Limit = 8UL << 30 },
            Pids = new PidsStats { Current = 7 },
            BlockIo = new BlockIoStats { Bytes = [new() { Operation = "read", Bytes = 4096 }, new() { Operation = "write", Bytes = 0 }] },
            Networks = new Dictionary<string, NetworkStats>
            {
                ["eth0"] = new() { ReceivedBytes = 1000, SentBytes = 90 },
                ["eth1"] = new() { ReceivedBytes = 90, SentBytes = 0 },
            },
        };

        string table = ListFormat.Parse(null, UsageRows.DefaultColumns)
            .Render([UsageRows.Of(stats, "web", truncate: true)], UsageRows.Headings);

        Assert.Equal(
            """
            CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT   MEM %     NET I/O        BLOCK I/O    PIDS
            aaaaaaaaaaaa   web       150.00%   5.352MiB / 8GiB     0.07%     1.09kB / 90B   4.1kB / 0B   7

            """,
            table);
    }

    [Fact]
    public void A_container_that_does_not_run_has_zeros()
    {
        JsonObject row = UsageRows.Of(new ContainerStats { Id = "1", Name = "/web" }, "web", truncate: true);
        Assert.Equal(
            ["0B / 0B", "0.00%", "web", "1", "0.00%", "0B / 0B", "web", "0B / 0B", "0"],
            row.Select(field => field.Value!.GetValue<string>()));
    }

    [Fact]
    public void A_container_that_is_gone_has_no_row_and_the_others_keep_their_names()
    {
        var stats = new ContainerStats { Id = "2", Name = "/app" };
        JsonObject row = Assert.Single(UsageRows.Of([null, stats], ["web", "app"], truncate: true));
        Assert.Equal("app", (string?)row["Container"]);
    }

    [Theory]
    [InlineData(0, "0B", "0B")]
    [InlineData(999, "999B", "999B")]
    [InlineData(1000, "1kB", "1000B")]
    [InlineData(1536, "1.54kB", "1.5KiB")]
    [InlineData(123_456_789, "123MB", "117.7MiB")]
    [InlineData(8_589_934_592, "8.59GB", "8GiB")]
    public void Sizes_are_as_Dockers(long bytes, string inThousands, string inPowers)
    {
        Assert.Equal(inThousands, SizeText.Decimal(bytes));
        Assert.Equal(inPowers, SizeText.Binary(bytes));
    }
}
