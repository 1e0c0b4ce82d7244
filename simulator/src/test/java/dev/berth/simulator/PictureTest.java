package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureTest extends WeChatTest {
    @Test
    void anAnswerOfBytesIsAPicture() throws IOException, InterruptedException {
        URI address = URI.create("%s/cgi-bin/media/getfeedbackmedia?record_id=1&media_id=2&access_token=%s"
                .formatted(simulator.baseUrl(), Asker.token(browser, SHOP)));

        try (HttpClient client = HttpClient.newHttpClient()) {
            byte[] answer = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray())
                    .body();
            assertThat(ImageIO.read(new ByteArrayInputStream(answer)).getWidth())
                    .isEqualTo(16);
        }
    }
}
