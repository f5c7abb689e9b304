using Net.Cnm.Processes;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>The line with which a dry run tells how the command of a container is started.</summary>
public sealed class ExplainedCommandTests
{
    private const string Background = " </dev/null >/dev/null 2>&1 &";

    [Fact]
    public async Task The_last_line_starts_the_command_in_its_namespace()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();

        Assert.Equal(
            "ip netns exec web sleep 1000" + Background, await LastLineAsync(test, new ProcessConfig { Command = ["sleep", "1000"] }));
    }

    [Fact]
    public async Task Variables_and_the_folder_are_given_and_words_are_quoted_for_a_shell()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        var process = new ProcessConfig
        {
            Command = ["sh", "-c", "echo \"$A\" 'b'\nexit", ""],
            Environment = ["A=1 2", "HOME=/root"],
            WorkingDirectory = "/srv/a b",
        };

        Assert.Equal(
            "ip netns exec web env -C '/srv/a b' 'A=1 2' sh -c 'echo \"$A\" '\\''b'\\''\nexit' ''" + Background,
            await LastLineAsync(test, process));
    }

    [Fact]
    public async Task A_user_is_assumed_by_chroot_whose_directory_stays()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();

        Assert.Equal(
            "ip netns exec web chroot --userspec=ann:crew --skip-chdir / id" + Background,
            await LastLineAsync(test, new ProcessConfig { Command = ["id"], User = "ann:crew" }));
    }

    [Fact]
    public async Task Control_characters_are_not_in_the_line()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();

        Assert.Equal(
            "ip netns exec web echo \"$(printf 'a\\033\\1332J\\047\\303\\251')\"" + Background,
            await LastLineAsync(test, new ProcessConfig { Command = ["echo", "a\u001b[2J'é"] }));
    }

    [Fact]
    public async Task On_the_hosts_network_it_is_started_as_it_is()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();

        Assert.Equal(
            "sleep 1000" + Background, await LastLineAsync(test, new ProcessConfig { Command = ["sleep", "1000"] }, network: "host"));
    }

    [Fact]
    public async Task A_container_without_a_command_starts_nothing()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();

        Assert.StartsWith("add ", await LastLineAsync(test, process: null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starting_a_container_again_is_explained_with_its_command()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("c", run: true);

        Assert.Equal(
            "ip netns exec c true" + Background, (await test.Controller.StartSandbox("c", attach: false).ExplainAsync(default))[^1]);
    }

    private static async Task<string> LastLineAsync(ControllerUnderTest test, ProcessConfig? process, string network = "bridge") =>
        (await test.Controller.CreateSandbox(
            new SandboxCreateRequest { Name = "web", Networks = [new EndpointRequest { Network = network }], Process = process },
            explainStart: true)
            .ExplainAsync(default))[^1];
}
