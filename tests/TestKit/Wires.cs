namespace Net.Tests.TestKit;

/// <summary>Waits for the links of a test to be ready: a link that was just set up has no carrier until the kernel's work queue has come to
/// it, and a bridge drops what comes by such a port.</summary>
public static class Wires
{
    private const string Script =
        """
        for i in $(seq 1000); do
          [ -n "$(ip -o link show up type veth | grep -v 'state UP')" ] || [ -n "$(bridge link | grep 'state disabled')" ] || exit 0
          sleep 0.01
        done
        ip link; bridge link; exit 1
        """;

    /// <summary>Returns when every veth link of this namespace that is set up has a carrier, and every port of a bridge forwards.</summary>
    public static void WaitUntilReady() => Command.Run("sh", "-c", Script);
}
