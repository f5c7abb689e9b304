using System.Globalization;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Ports;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

public sealed class RandomSequencesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_is_done_the_kernel_is_what_the_model_says_and_in_the_end_nothing_is_left(int seed)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string reserved = test.Ipam.Reserved;
        string kernel = Keys(test);
        var random = new Random(seed);
        int refusals = 0;
        for (int step = 0; step < 120; step++)
        {
            test.Engine.Refuse = _ => random.Next(8) == 0 ? new CnmException(CnmErrorKind.Internal, "refused at random") : null;
            try
            {
                await StepAsync(test, random);
            }
            catch (CnmException)
            {
                refusals++;
            }

            test.Engine.Refuse = _ => null;
            if (step % 30 == 29)
            {
                await test.RestartAsync();
                await test.Controller.RecoverAsync(default);
            }

            StateDifference difference = await test.Controller.DiffAsync(default);
            Assert.True(
                difference.IsEmpty, string.Create(
                    CultureInfo.InvariantCulture,
                    $"seed {seed}, step {step}: {difference.Missing.Count} missing, {difference.Leftover.Count} left over"));

            // An exit that was refused is tried again in the background, and may come between the two looks.
            string stored = "";
            string model = "";
            Assert.True(
                SpinWait.SpinUntil(
                    () =>
                    {
                        stored = ControllerUnderTest.Text(test.Stored());
                        model = ControllerUnderTest.Text(test.Controller.Snapshot);
                        return stored == model;
                    },
                    TimeSpan.FromSeconds(10)),
                $"{stored}\n{model}");
        }

        Assert.InRange(refusals, 1, 119);
        foreach (string name in test.Controller.Sandboxes.Select(s => s.Name))
        {
            await test.Controller.RemoveSandbox(name, force: true).RunAsync(default);
        }

        foreach (string name in test.Controller.Networks.Where(n => !n.IsPredefined).Select(n => n.Name))
        {
            await test.Controller.RemoveNetwork(name).RunAsync(default);
        }

        Assert.Equal(reserved, test.Ipam.Reserved);
        Assert.Equal(kernel, Keys(test));
    }

    private static Task StepAsync(ControllerUnderTest test, Random random)
    {
        string network = $"n{random.Next(4)}";
        string sandbox = $"c{random.Next(5)}";
        PortSpec[] ports = random.Next(2) == 0
            ? []
            :
            [
                new PortSpec
                {
                    HostPort = random.Next(2) == 0 ? null : (ushort)(8000 + random.Next(3)),
                    ContainerPort = 80,
                    Protocol = PortProtocol.Tcp,
                },
            ];
        return random.Next(9) switch
        {
            0 => test.NetworkAsync(network, ipv6: random.Next(2) == 0, isInternal: random.Next(3) == 0),
            1 => test.Controller.RemoveNetwork(network).RunAsync(default),
            2 => test.CreateAsync(sandbox, network, run: true, ports: ports),
            3 => test.RunAsync(sandbox, random.Next(2) == 0 ? null : network, ports: ports),
            4 =>
                test.Controller.Connect(new ConnectRequest { Sandbox = sandbox, Endpoint = new EndpointRequest { Network = network } })
                    .RunAsync(default),
            5 => test.Controller.Disconnect(network, sandbox).RunAsync(default),
            6 => test.Controller.RemoveSandbox(sandbox, force: random.Next(2) == 0).RunAsync(default),
            7 => test.Controller.StartSandbox(sandbox, attach: false).RunAsync(default),
            _ => test.Controller.StopSandbox(sandbox, TimeSpan.Zero, null).RunAsync(default),
        };
    }

    private static string Keys(ControllerUnderTest test) =>
        string.Join('\n', test.Engine.Owned.Select(o => o.Key).Order(StringComparer.Ordinal));
}
