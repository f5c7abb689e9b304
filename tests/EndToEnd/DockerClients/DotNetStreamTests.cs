using System.Net;
using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;
using Net.Tests.TestKit;
using static Net.Tests.EndToEnd.DockerClients.DotNetHost;

namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>Docker.DotNet on the streams of commands: exec, attach and logs.</summary>
public sealed class DotNetStreamTests
{
    [KernelFact]
    public Task A_further_command_has_input_output_and_an_exit_code() => RunAsync(async (host, client) =>
    {
        string id = host.NetctlOk("run", "-d", "--name", "app", "-e", "A=1", "sleep", "1000");
        string exec = (await client.Exec.CreateContainerExecAsync("app", new ContainerExecCreateParameters
        {
            Cmd = ["sh", "-c", "echo $A $B; cat; echo done >&2; exit 7"],
            Env = ["B=2"],
            AttachStdin = true,
            AttachStdout = true,
            AttachStderr = true,
        })).ID;
        Assert.False((await client.Exec.InspectContainerExecAsync(exec)).Running);
        using (MultiplexedStream stream = await client.Exec.StartContainerExecAsync(exec, new ContainerExecStartParameters()))
        {

            // The client is connected before the command is started.
            ContainerExecInspectResponse running = await client.Exec.InspectContainerExecAsync(exec);
            for (int i = 0; running.Pid == 0 && i < 600; i++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
                running = await client.Exec.InspectContainerExecAsync(exec);
            }

            Assert.True(running.Running);
            Assert.StartsWith("sh -c echo", host.Shell($"tr '\\0' ' ' < /proc/{running.Pid}/cmdline"), StringComparison.Ordinal);
            byte[] input = Encoding.UTF8.GetBytes("through");
            await stream.WriteAsync(input, 0, input.Length, default);
            stream.CloseWrite();
            (string stdout, string stderr) = await stream.ReadOutputToEndAsync(default);
            Assert.Equal(("1 2\nthrough", "done\n"), (stdout, stderr));
        }

        ContainerExecInspectResponse ended = await client.Exec.InspectContainerExecAsync(exec);
        Assert.Equal((false, 7L, id), (ended.Running, ended.ExitCode, ended.ContainerID));
        await RefusedAsync(HttpStatusCode.Conflict, "has already run",
            () => client.Exec.StartContainerExecAsync(exec, new ContainerExecStartParameters { Detach = true }));
        await Assert.ThrowsAnyAsync<DockerApiException>(() => client.Exec.InspectContainerExecAsync(new string('0', 64)));
    });

    [KernelFact]
    public Task A_client_attaches_before_the_start_and_misses_nothing() => RunAsync(async (host, client) =>
    {
        host.NetctlOk("create", "-i", "--name", "app", "sh", "-c", "echo out; echo err >&2; cat; exit 3");
        using MultiplexedStream stream = await client.Containers.AttachContainerAsync(
            "app", new ContainerAttachParameters { Stream = true, Stdin = true, Stdout = true, Stderr = true });
        Assert.True(await client.Containers.StartContainerAsync("app", new ContainerStartParameters()));
        byte[] input = Encoding.UTF8.GetBytes("in");
        await stream.WriteAsync(input, 0, input.Length, default);
        stream.CloseWrite();
        (string stdout, string stderr) = await stream.ReadOutputToEndAsync(default);
        Assert.Equal(("out\nin", "err\n"), (stdout, stderr));
        Assert.Equal(3, (await client.Containers.WaitContainerAsync("app")).StatusCode);

        using MultiplexedStream logs = await client.Containers.GetContainerLogsAsync(
            "app", new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Tail = "2" });
        (string loggedOut, string loggedError) = await logs.ReadOutputToEndAsync(default);
        Assert.Equal(("in", "err\n"), (loggedOut, loggedError));
    });

    [KernelFact]
    public Task A_terminal_is_resized_and_its_bytes_are_sent_as_they_are() => RunAsync(async (host, client) =>
    {
        host.NetctlOk("run", "-d", "-it", "--name", "app", "sh", "-c", "while read line; do stty size; done");
        using MultiplexedStream stream = await client.Containers.AttachContainerAsync(
            "app", new ContainerAttachParameters { Stream = true, Stdin = true, Stdout = true, Stderr = true, DetachKeys = "ctrl-x" });
        await client.Containers.ResizeContainerTtyAsync("app", new ContainerResizeParameters { Height = 33, Width = 77 });
        byte[] input = "\n"u8.ToArray();
        var shown = new StringBuilder();
        byte[] buffer = new byte[1000];
        using var limit = new CancellationTokenSource(Patience);
        while (!shown.ToString().Contains("33 77", StringComparison.Ordinal))
        {
            await stream.WriteAsync(input, 0, input.Length, limit.Token);
            MultiplexedStream.ReadResult read = await stream.ReadOutputAsync(buffer, 0, buffer.Length, limit.Token);
            Assert.False(read.EOF);
            shown.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
        }

        // The keys are the daemon's to find, and the command runs on.
        byte[] keys = [24];
        await stream.WriteAsync(keys, 0, keys.Length, limit.Token);
        await stream.ReadOutputToEndAsync(limit.Token);
        Assert.True((await client.Containers.InspectContainerAsync("app")).State!.Running);
    });
}
